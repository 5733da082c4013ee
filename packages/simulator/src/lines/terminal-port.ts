import type { Line, LineListener } from '@hipay-ecr/shared/concert/line.ts';

/** What hears a terminal's port: `opened` with each new line, then its bytes, then `closed`. */
export interface PortListener extends LineListener {
  opened(line: Line): void;
}

/** The socket on the terminal's back, into which a register's cable goes. */
export interface TerminalPort {
  /** What a register configures as its `serial_port`; without a link, a pseudo-terminal changes it by being plugged in again. */
  readonly path: string;
  /** Pulls the cable. The listener is told; harmless where it is out already. */
  unplug(): void;
  /** Plugs it in again; harmless where it is in. */
  replug(): Promise<void>;
  /** Takes the port away for good; nothing is told any more. */
  close(): Promise<void>;
}
