import type { FieldKey } from '@hipay-ecr/shared/config/fields.ts';
import type { Language } from '@hipay-ecr/shared/error-code.ts';

/** Everything the dialogue found out: what the acts carry out, whole or not at all. */
export interface InstallationPlan {
  /** The installation folder, absolute. */
  folder: string;
  /** The text of each key, as @hipay-ecr/shared/config/fields.ts parses it; every required key is there. */
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
  /** What the person should know, a sentence each; empty where all went as planned. */
  notes: string[];
}

/** What the effects of one setup are to the dialogue. */
export interface Act {
  install(plan: InstallationPlan): Promise<InstallationResult>;
}
