import { DeviceFiles } from '@hipay-ecr/simulator/lines/device-files.ts';
import type { ListedPort, PortWorld } from '../../src/terminal/port-world.ts';

/** A machine of files under a directory of its own: what a test plugs into it is found there. */
export type MadeUpMachine = PortWorld & DeviceFiles;

export function madeUpMachine(
  platform: NodeJS.Platform = 'linux',
  listPorts: () => Promise<ListedPort[]> = () => Promise.reject(new Error('spawn udevadm ENOENT')),
): MadeUpMachine {
  return Object.assign(new DeviceFiles(), { platform, userName: 'cashier', listPorts });
}
