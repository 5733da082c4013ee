import type { Refusals } from './answers.ts';
import type { Messages } from './messages/messages.ts';

/** Where answers are looked for. */
export interface AnswerSources {
  environment: Partial<Record<string, string>>;
  /** Absolute; beside the program. */
  credentialsFile: string;
  /** Resolves a path as it was given on the command line. */
  resolve(path: string): string;
  /** Rejects with the system's error where there is no such file. */
  readFile(path: string): Promise<string>;
  warn(text: string): void;
}

/** How the answers are read; what speaks against them is gathered. */
export interface Gathering {
  sources: AnswerSources;
  messages: Messages;
  refusals: Refusals;
}
