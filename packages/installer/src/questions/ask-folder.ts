import { isAbsolute, join, normalize, resolve } from 'node:path';
import type { Dialogue } from '../dialogue.ts';
import type { SetupWorld } from '../world.ts';
import { canBeItsOwn } from './own-folder.ts';

const BYTES_PER_MB = 1024 * 1024;

/** Where the answers of an earlier installation are looked for, before anybody was asked where it is. */
export async function likelyFolder({ given, world }: Dialogue): Promise<string> {
  return given.folder === undefined ? usualFolder(world) : absoluteFolder(given.folder.text, world);
}

export async function askFolder(dialogue: Dialogue): Promise<void> {
  const { world } = dialogue;
  const text = await dialogue.ask({
    key: 'folder',
    usual: async () => usualFolder(world),
    problem: (typed) => folderProblem(typed, dialogue),
  });
  if (text === undefined) return;
  dialogue.folder = absoluteFolder(text, world);
  if (dialogue.folder !== (await likelyFolder(dialogue))) await dialogue.lookInto(dialogue.folder);
}

function usualFolder({ homeFolder }: SetupWorld): string {
  return join(homeFolder, 'connector');
}

/** An option may name a folder as a shell does: from where one is, or from home. */
export function absoluteFolder(text: string, { homeFolder, workingFolder }: SetupWorld): string {
  const trimmed = text.trim();
  const fromHome = trimmed.replace(/^~(?=$|[/\\])/, () => homeFolder);
  return resolve(workingFolder, normalize(fromHome));
}

async function folderProblem(text: string, { messages, world, given }: Dialogue): Promise<string | undefined> {
  const { folder: says } = messages;
  const path = absoluteFolder(text, world);
  if (text.trim() === '' || (given.folder === undefined && !isAbsolute(text.trim()) && !text.trim().startsWith('~'))) {
    return says.relative(text.trim() === '' ? usualFolder(world) : path);
  }
  if (/[\p{Cc}"]/u.test(path)) return says.characters;
  // Whoever has installed there before keeps it.
  if (!canBeItsOwn(path, world) && (await world.acts.earlierInstallation(path)) === undefined) {
    return says.notItsOwn(path, usualFolder(world));
  }
  const state = await world.folderState(path);
  switch (state.at) {
    case 'good':
      return undefined;
    case 'not_a_folder':
      return says.notAFolder(state.path);
    case 'taken':
      return says.taken(state.path);
    case 'not_writable':
      return says.notWritable(state.path);
    case 'no_room':
      return says.noRoom(Math.floor(state.freeBytes / BYTES_PER_MB), Math.ceil(state.neededBytes / BYTES_PER_MB));
  }
}
