import type { Clock } from '@hipay-ecr/shared/clock.ts';
import type { LineSettings } from '@hipay-ecr/shared/config/config.ts';
import type { Language } from '@hipay-ecr/shared/error-code.ts';
import type { FolderState } from './folder-state.ts';
import type { PortState } from './local-port.ts';
import type { Messages } from './messages/messages.ts';
import type { Act, EarlierInstallation, Tell } from './plan.ts';
import type { PluggedPort } from './ports/plugged-port.ts';
import type { Presence } from './ports/presence.ts';
import type { Prompter } from './prompter.ts';

/** The machine and the person, as the setup meets them; a test makes up its own. */
export interface SetupWorld {
  platform: NodeJS.Platform;
  environment: Partial<Record<string, string>>;
  /** Such as fr_FR.UTF-8 or fr-FR. */
  locale: string;
  /** Whoever installs has all rights, and so would the service. */
  isRoot: boolean;
  homeFolder: string;
  workingFolder: string;
  /** Where people see the setup: credentials.yml may stand there. */
  programFolder: string;
  version: string;
  clock: Clock;
  /** One line, to standard output and to standard error. */
  print(text: string): void;
  printError(text: string): void;
  /** Whether standard output is a terminal: elsewhere no secret is printed. */
  printsToTerminal: boolean;
  /** Undefined where there is no terminal to ask on. */
  prompter(messages: Messages): Prompter | undefined;
  /** Rejects with Interrupted at a Ctrl-C that no prompt hears; what is being done then is not waited for. */
  leavable<T>(work: () => Promise<T>): Promise<T>;
  readFile(path: string): Promise<string>;
  listPorts(): Promise<PluggedPort[]>;
  testTerminal(serialPort: string, settings: LineSettings): Promise<Presence>;
  /** Whether something is there under this name that can be no serial port. */
  isNoSerialPort(serialPort: string): Promise<boolean>;
  localPort(port: number): Promise<PortState>;
  folderState(path: string): Promise<FolderState>;
  acts: Acts;
}

/** What the setup does, once everything is known. */
export interface Acts extends Act {
  earlierInstallation(folder: string): Promise<EarlierInstallation | undefined>;
  uninstall(
    request: { folder: string; purge: boolean; yes?: boolean; language: Language },
    tell: Tell,
  ): Promise<unknown>;
}
