import type { AxiosStatic } from 'axios';
import { ASSETS } from './asset-names.ts';
import { runAsset } from './run-asset.ts';

/** Stands for axios, which the service imports once it is wanted: loading it takes as long as a third of the start. */
export default runAsset(ASSETS.axios) as AxiosStatic;
