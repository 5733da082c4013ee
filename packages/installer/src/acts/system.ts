import type { Clock } from '@hipay-ecr/shared/clock.ts';

/** The files of the machine. What `write` and `copy` made is on the disk when they are done, and so is a name after `rename`. */
export interface Files {
  /** Undefined where there is none. */
  read(path: string): Promise<string | undefined>;
  /** Makes the folder and those above it; one that is there keeps its rights. */
  makeFolder(path: string, mode: number): Promise<void>;
  write(path: string, content: string | Uint8Array, mode: number): Promise<void>;
  copy(from: string, to: string, mode: number): Promise<void>;
  /** In one step: whoever looks sees the old file or the new one. */
  rename(from: string, to: string): Promise<void>;
  /** Nothing where there is none. */
  remove(path: string): Promise<void>;
  /** A folder with all that is in it. */
  removeAll(path: string): Promise<void>;
  /** A folder that has nothing in it; any other stays. */
  removeIfEmpty(path: string): Promise<void>;
  exists(path: string): Promise<boolean>;
  /** Without symbolic links; as it is where it is not there. */
  realPath(path: string): Promise<string>;
}

/** How a command ended; `status` is undefined where it could not be started at all. */
export interface Finished {
  status: number | undefined;
  output: string;
  errors: string;
}

/** Of the environment, beside those of the setup, which keeps its passwords to itself. */
export type Variables = Record<string, string>;

/** A program in the background, which outlives the setup. */
export interface Background {
  /** Settles with its status should it end while the setup still runs; null where it was killed or could not be started. */
  ended: Promise<number | null>;
}

/** What is installed: a delivery that was unzipped, or the project's checkout, whose build is then started where it stands. */
export type Source =
  | { kind: 'delivery'; program: string; scripts: string }
  | { kind: 'checkout'; node: string; program: string; scripts: string };

/** All of the world that the acts touch. */
export interface System {
  platform: NodeJS.Platform;
  architecture: string;
  environment: Partial<Record<string, string>>;
  homeFolder: string;
  userName: string;
  /** Of this setup, and so of what it brings along (semver). */
  version: string;
  source: Source;
  files: Files;
  clock: Clock;
  /** Takes a name that one process of the machine can have, until it is released or the process ends; undefined where another has it. */
  claim(name: string): Promise<(() => void) | undefined>;
  /** Lets the act hear of Ctrl-C, by a signal whose reason is Interrupted, in place of an end in its midst. */
  interruptibly<T>(act: (interrupted: AbortSignal) => Promise<T>): Promise<T>;
  /** Runs a command of the machine to its end, with this on its standard input. */
  run(command: string, args: string[], input?: string, variables?: Variables): Promise<Finished>;
  /** Starts a program that stays; its output is appended to the file. */
  startInBackground(command: string, args: string[], logFile: string): Background;
  /** As startInBackground, for one that reads: it hears the last word, or only that the setup is gone. Returns how to say it. */
  startListener(command: string, args: string[], logFile: string, variables?: Variables): (lastWord?: string) => void;
  /** Whether this process is there and has the text in its command line (arguments are parted by spaces), as far as the machine tells. */
  isRunning(pid: number, inCommandLine: string): boolean;
  /** Whether a program of one of these names runs, whoever's it is; undefined where the machine does not tell. */
  runsAny(names: readonly string[]): boolean | undefined;
  terminate(pid: number): void;
}
