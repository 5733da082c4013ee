import type { WrongUse } from '../wrong-use.ts';

/** As every program of the connector ends: fine, failed, wrong use or configuration. */
export const EXIT = { fine: 0, failed: 1, wrongUse: 2 } as const;
export type ExitStatus = (typeof EXIT)[keyof typeof EXIT];

/** An interface that can be called: the service's, or one that only reads. */
export interface Served {
  port: number;
  credentials: { username: string; password: string };
}

/** What config.yml says of the installation that the commands are about. */
export interface Installation {
  /** How its service is asked; or why that is not known, and then none runs. */
  served: Served | WrongUse;
  /** Where config.yml, the journal and the lock stand. */
  dataFolder: string;
  paymentTimeoutMs: number;
}

/** All that the commands need of the world; `main.ts` brings it. */
export interface CliWorld {
  print(text: string): void;
  /** Where errors go. */
  complain(text: string): void;
  installation(): Promise<Installation>;
  /** Serves the journal of a service that does not run, for reading. */
  serveJournal(installation: Installation): Promise<Served & { close(): Promise<void> }>;
  /** What there is of an installation whose configuration cannot be read. */
  configFile(): string;
  /** As which people call it. */
  program: string;
  version: string;
  nodeVersion: string;
  /** The environment. */
  variables: Record<string, string | undefined>;
  /** Those that are plugged in, as people would describe them. */
  serialPorts(): Promise<unknown[]>;
  pause(ms: number): Promise<void>;
  nowMs(): number;
  pid: number;
  /** SIGTERM to another process; throws where the system refuses that. */
  terminate(pid: number): void;
  /** Whether people read what is printed, or a program. */
  asJson(): boolean;
}
