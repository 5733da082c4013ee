import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FolderState } from '../../src/folder-state.ts';
import type { PluggedPort } from '../../src/ports/plugged-port.ts';
import type { Presence } from '../../src/ports/presence.ts';

/** What a test decides about the machine on which the setup runs. */
export interface MadeUpTill {
  platform: NodeJS.Platform;
  locale?: string;
  isRoot?: boolean;
  homeFolder: string;
  programFolder: string;
  /** Where the program notes what its acts were asked. */
  deedsFile: string;
  /** What is plugged in, each time that somebody looks; the last one stays. */
  ports: PluggedPort[][];
  presence?: Presence;
  /** The file that has to be there before the terminal says so. */
  presenceAwaits?: string;
  /** What is there and is no serial port. */
  noSerialPorts?: string[];
  /** Local ports that others hold. */
  portsInUse?: number[];
  /** Local ports that only an administrator may take. */
  portsForbidden?: number[];
  /** Said of every folder, where set. */
  folderState?: FolderState;
  /** By folder. */
  earlier?: Record<string, { config: string; runningPort?: number }>;
  installFails?: string;
  removalFails?: string;
  /** What the system says in the midst of an installation or a removal. */
  systemFails?: { code: string; syscall: string; path?: string };
  /** What the acts have to say while they are at it. */
  saysMeanwhile?: string;
  startFails?: boolean;
  notes?: string[];
}

export interface TillFolder {
  /** Everything of this till is below it. */
  root: string;
  till: MadeUpTill;
  remove(): void;
}

export function madeUpTill(changes: Partial<MadeUpTill> = {}): TillFolder {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'till-')));
  const till: MadeUpTill = {
    platform: 'linux',
    homeFolder: root,
    programFolder: join(root, 'program'),
    deedsFile: join(root, 'deeds.json'),
    ports: [[]],
    ...changes,
  };
  return { root, till, remove: () => rmSync(root, { recursive: true, force: true }) };
}
