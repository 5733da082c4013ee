import type { FieldKey } from '@hipay-ecr/shared/config/fields.ts';
import type { Language } from '@hipay-ecr/shared/error-code.ts';

/** Everything the dialogue found out: what the acts carry out, whole or not at all. */
export interface InstallationPlan {
  /** The installation folder, absolute. */
  folder: string;
  /**
   * The text of each key, as @hipay-ecr/shared/config/fields.ts parses it; every required key is there, and so is what an
   * earlier configuration had. A contract (proxy, nfc) that is not among them is not to be in config.yml.
   */
  values: Partial<Record<FieldKey, string>>;
  /** That of the comments in config.yml. */
  language: Language;
  /** False with --no-start. */
  start: boolean;
  autostart: boolean;
}

export interface InstallationResult {
  /** Where config.yml is, absolute. */
  configFile: string;
  version: string;
  started: boolean;
  port: number;
  /** What the person should know, a sentence each; empty where all went as planned and nothing was set up beside it. */
  notes: string[];
  /** What may interest as well, and asks for nothing: which version was installed and why. */
  asides?: string[];
}

/** Hears, while an act goes on, a line that the person is to know at once. */
export type Tell = (line: string) => void;
export const silently: Tell = () => {};

/** What the effects of one setup are to the dialogue. */
export interface Act {
  install(plan: InstallationPlan, tell: Tell): Promise<InstallationResult>;
  /** Starts what was installed without being started: the documented dialogue on Windows waits for a key before. */
  start(plan: InstallationPlan): Promise<InstallationResult>;
}

/** What is in a folder already. */
export interface EarlierInstallation {
  /** Its config.yml, where it has one that can be read. */
  configText?: string;
  /** The port on which its service answers. */
  runningPort?: number;
}
