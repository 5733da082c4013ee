import type { AxiosStatic } from 'axios';
import { ASSETS } from './asset-names.ts';
import { runAsset } from './run-asset.ts';

/** Soon after tills are served, and before HiPay is usually told for the first time. */
const SOON_MS = 1_000;

let loaded: AxiosStatic | undefined;

function axios(): AxiosStatic {
  loaded ??= runAsset(ASSETS.axios) as AxiosStatic;
  return loaded;
}

setTimeout(axios, SOON_MS).unref();

/** Stands for axios in the service: nothing that a till waits for at the start needs it, and loading it takes a third of the start. */
const late: Pick<AxiosStatic, 'request'> = { request: (config) => axios().request(config) };
export default late;
