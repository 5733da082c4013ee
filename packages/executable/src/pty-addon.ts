import { getRawAsset } from 'node:sea';
import type { PtyAddon } from '../../simulator/src/lines/pty-addon.ts';
import { ASSETS } from './asset-names.ts';
import { loadAddon } from './load-addon.ts';

/** Stands for the simulator's own in the executable. */
export function ptyAddon(): PtyAddon {
  return loadAddon(ASSETS.pty, new Uint8Array(getRawAsset(ASSETS.pty))) as PtyAddon;
}
