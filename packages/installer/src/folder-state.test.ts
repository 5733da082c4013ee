import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { folderLimits, folderState } from './folder-state.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'folder-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

test.each(['', 'new', 'new/and/deep'])('a folder, or one that can be made: %p', async (name) => {
  expect(await folderState(join(folder, name))).toEqual({ at: 'good' });
});

test.each(['file', 'file/below', 'file/below/it'])('what is a file, or below one: %s', async (name) => {
  const file = join(folder, 'file');
  writeFileSync(file, '');
  expect(await folderState(join(folder, name))).toEqual({ at: 'not_a_folder', path: file });
});

test('what one may not write to; nothing is forbidden to root', async () => {
  chmodSync(folder, 0o500);
  const forbidden = { at: 'not_writable', path: folder };
  expect(await folderState(join(folder, 'new'))).toEqual(process.getuid?.() === 0 ? { at: 'good' } : forbidden);
});

test('a disk that is full', async () => {
  // The kernel's own file system has no room at all. The guide names what is needed.
  const full = { at: 'no_room', freeBytes: 0, neededBytes: 400 * 1024 * 1024 };
  expect(await folderState('/proc')).toMatchObject(process.getuid?.() === 0 ? full : { at: 'not_writable' });
});

test('what is free there is told in bytes', async () => {
  const { bavail, bsize } = await statfs(folder);
  const state = await folderState(join(folder, 'new'), Number.MAX_SAFE_INTEGER);
  if (state.at !== 'no_room') throw new Error(`a folder with so much room: ${JSON.stringify(state)}`);
  // Others write meanwhile.
  expect(state.freeBytes / (bavail * bsize)).toBeCloseTo(1, 1);
});

test.each(['launch.sh', 'always-up.cmd'])(
  'a %s of another program would be replaced; beside it there is room',
  async (name) => {
    writeFileSync(join(folder, name), 'start the other till');
    expect(await folderState(folder)).toEqual({ at: 'taken', path: join(folder, name) });
    expect(await folderState(join(folder, 'connector'))).toEqual({ at: 'good' });
    // That of an installation is what its folder says, whatever was written into it.
    mkdirSync(join(folder, 'hipay', 'ecr-connector'), { recursive: true });
    expect(await folderState(folder)).toEqual({ at: 'good' });
  },
);

test('a script that is larger than ours is not read, whatever it names', async () => {
  writeFileSync(join(folder, 'launch.sh'), 'tp-manager');
  truncateSync(join(folder, 'launch.sh'), folderLimits.scriptBytes);
  expect(await folderState(folder)).toEqual({ at: 'good' });
  truncateSync(join(folder, 'launch.sh'), folderLimits.scriptBytes + 1);
  expect(await folderState(folder)).toEqual({ at: 'taken', path: join(folder, 'launch.sh') });
});

test.each(['launch.sh', 'launch.cmd', 'always-up.sh', 'always-up.cmd'])(
  'the %s of an unzipped delivery is ours',
  async (name) => {
    copyFileSync(fileURLToPath(new URL(`../delivered/${name}`, import.meta.url)), join(folder, name));
    expect(await folderState(folder)).toEqual({ at: 'good' });
  },
);
