import { DeviceFiles } from '@hipay-ecr/simulator/lines/device-files.ts';
import type { ListedPort, PortWorld } from '../../src/ports/port-world.ts';

/** A machine of files under a directory of its own: what a test plugs into it is found there. */
export type MadeUpMachine = PortWorld & DeviceFiles;

export function madeUpMachine(platform: NodeJS.Platform = 'linux', listed?: ListedPort[]): MadeUpMachine {
  return Object.assign(new DeviceFiles(), {
    platform,
    userName: 'cashier',
    // What serialport says where there is no udevadm.
    systemList: async () => listed ?? Promise.reject(new Error('spawn udevadm ENOENT')),
  });
}
