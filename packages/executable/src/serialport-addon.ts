import { getRawAsset } from 'node:sea';
import { ASSETS } from './asset-names.ts';
import { loadAddon } from './load-addon.ts';

/** Stands for node-gyp-build, by which serialport finds its native module. */
export default function serialportAddon(): unknown {
  return loadAddon(ASSETS.serialport, new Uint8Array(getRawAsset(ASSETS.serialport)));
}
