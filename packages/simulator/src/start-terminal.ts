import type { Clock } from '@hipay-ecr/shared/clock.ts';
import { paced } from './lines/paced-line.ts';
import { openPtyPort } from './lines/pty-port.ts';
import { openTcpPort } from './lines/tcp-port.ts';
import type { PortListener, TerminalPort } from './lines/terminal-port.ts';
import { realClock } from './real-clock.ts';
import { StoppableClock } from './stoppable-clock.ts';
import { SimulatedTerminal, type TerminalSettings } from './terminal/simulated-terminal.ts';

export interface StartTerminalOptions extends Omit<TerminalSettings, 'clock' | 'cable'> {
  line: 'pty' | 'tcp';
  /** For `pty`: a symbolic link that keeps its name when the cable is pulled and plugged in again. */
  link?: string | undefined;
  /** For `tcp`; 0, or nothing, takes any free port. */
  tcpPort?: number | undefined;
  /** The line is as slow as this; without it, as fast as it can. */
  baud?: number | undefined;
  clock?: Clock | undefined;
  /** What is put between the terminal and its port, where somebody listens, or pulls the cable between two bytes. */
  tap?: ((terminal: PortListener) => PortListener) | undefined;
}

/** A simulated terminal on a line that registers can open. */
export interface StartedTerminal {
  /** What a register configures as `serial_port`. */
  readonly path: string;
  readonly terminal: SimulatedTerminal;
  /** Its cable: `unplug`, `replug`. */
  readonly port: TerminalPort;
  close(): Promise<void>;
}

export async function startTerminal(options: StartTerminalOptions): Promise<StartedTerminal> {
  const clock = new StoppableClock(options.clock ?? realClock);
  let port: TerminalPort | undefined;
  const cable = { unplug: () => port?.unplug(), replug: () => port?.replug() };
  const terminal = new SimulatedTerminal({ ...options, clock, cable });
  const steady = options.baud === undefined ? terminal : paced(options.baud, terminal);
  const listener = options.tap?.(steady) ?? steady;
  const opened =
    options.line === 'pty'
      ? await openPtyPort({ link: options.link }, listener)
      : await openTcpPort(options.tcpPort ?? 0, listener);
  port = opened;
  return {
    get path() {
      return opened.path;
    },
    terminal,
    port: opened,
    async close() {
      clock.stop();
      await opened.close();
    },
  };
}
