import type { Line, LineListener } from '@hipay-ecr/shared/concert/line.ts';
import type { LineSettings } from '@hipay-ecr/shared/config/config.ts';
import { OperatingError } from '@hipay-ecr/shared/errors.ts';
import { loadOnce } from '@hipay-ecr/shared/load-once.ts';
import type { DeviceIdentity } from '../payments/fact.ts';
import { findPort } from './find-port.ts';
import { portProblem } from './port-problem.ts';
import { fileOf, type PortWorld, realPortWorld } from './port-world.ts';
import { openTcpLine } from './tcp-line.ts';

/** What is to be opened. */
export interface OpenLineSettings {
  /** `serial_port` as configured: a path, `COMn`, `tcp://host:port`, or `auto`. */
  serialPort: string;
  line: LineSettings;
  /** The device that was open before: it is found again under another number. */
  lastIdentity?: string;
}

export interface OpenedLine {
  line: Line;
  device: DeviceIdentity;
}

/** Finds and opens the line to the terminal; rejects with an Error whose message tells a person what to do. */
export type OpenLine = (settings: OpenLineSettings, listener: LineListener) => Promise<OpenedLine>;

/** The real one: a serial port or a TCP connection of this machine. */
export function openRealLine(world: PortWorld = realPortWorld()): OpenLine {
  return async ({ serialPort, line: settings, lastIdentity }, listener) => {
    const target = await findPort(serialPort, world, lastIdentity);
    const { device } = target;
    if (target.kind === 'tcp') return { device, line: await openTcpLine(target.host, target.port, listener) };
    const { openSerialLine } = await serialLine();
    try {
      return { device, line: await openSerialLine(fileOf(target.path, world), settings, listener) };
    } catch (cause) {
      const error = cause instanceof Error ? cause : new Error(String(cause));
      throw new OperatingError('1004', await portProblem(target.path, error, world), { cause });
    }
  };
}

/** Only once it is wanted: a terminal on the network needs no native module. Where that cannot be loaded, it says why itself. */
const serialLine = loadOnce(() => import('./serial-line.ts'));
