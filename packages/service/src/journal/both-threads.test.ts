import { readdirSync, writeFileSync } from 'node:fs';
import { afterEach, expect, test } from '@jest/globals';
import { TestFolders } from './journal.fixture.ts';
import { openJournal } from './journal.ts';
import { createJournalFile, journalFile } from './journal-files.ts';

const folders = new TestFolders();
afterEach(() => folders.removeAll());

const threads = (): number => readdirSync('/proc/self/task').length;
const onLinux = process.platform === 'linux' ? test : test.skip;

onLinux('both threads of the journal come up at once: a start waits for one of them only', async () => {
  const before = threads();
  const opening = openJournal({ folder: folders.make() });
  expect(threads()).toBe(before + 2);
  const journal = await opening;
  await journal.close();
  expect(threads()).toBe(before);
});

onLinux('where the journal is damaged, the thread that was to read it has opened nothing', async () => {
  const folder = folders.make();
  createJournalFile(journalFile(folder));
  writeFileSync(journalFile(folder), 'no journal at all');
  await expect(openJournal({ folder })).rejects.toThrow(/damaged/);
  expect(readdirSync(folder)).toEqual(['journal.db']);
});
