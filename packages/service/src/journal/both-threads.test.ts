import { readdirSync, writeFileSync } from 'node:fs';
import { afterEach, expect, test } from '@jest/globals';
import { TestFolders } from './journal.fixture.ts';
import { openJournal } from './journal.ts';
import { createJournalFile, journalFile } from './journal-files.ts';
import { ownThreads } from './own-threads.fixture.ts';

const folders = new TestFolders();
afterEach(() => folders.removeAll());

const threads = (): number => readdirSync('/proc/self/task').length;
/** Those that are workers of Node's, as their names say (libuv's own come up when they are needed first, and stay). */
const workers = (): number => ownThreads().filter(({ name }) => name === 'WorkerThread').length;
const onLinux = process.platform === 'linux' ? test : test.skip;

onLinux('both threads of the journal come up at once: a start waits for one of them only', async () => {
  const [before, workersBefore] = [threads(), workers()];
  const opening = openJournal({ folder: folders.make() });
  expect(threads()).toBe(before + 2);
  const journal = await opening;
  expect(workers()).toBe(workersBefore + 2);
  await journal.close();
  expect(workers()).toBe(workersBefore);
});

onLinux('where the journal is damaged, the thread that was to read it has opened nothing', async () => {
  const folder = folders.make();
  createJournalFile(journalFile(folder));
  writeFileSync(journalFile(folder), 'no journal at all');
  await expect(openJournal({ folder })).rejects.toThrow(/damaged/);
  expect(readdirSync(folder)).toEqual(['journal.db']);
});
