import { afterEach, expect, test } from '@jest/globals';
import { TestFolders } from './journal.fixture.ts';
import { createJournalFile, journalFile } from './journal-files.ts';
import { JournalThread } from './journal-thread.ts';
import { ownThreads } from './own-threads.fixture.ts';

const folders = new TestFolders();
afterEach(() => folders.removeAll());

const niceOfThreads = (): number[] => ownThreads().map(({ nice }) => nice);
const onLinux = process.platform === 'linux' ? test : test.skip;

onLinux('only a thread in the background gives way to all the others', async () => {
  const file = journalFile(folders.make());
  createJournalFile(file);
  const before = niceOfThreads();
  const reader = await JournalThread.open({ file, role: 'reader' });
  expect(Math.max(...niceOfThreads())).toBe(Math.max(...before));
  const background = await JournalThread.open({ file, role: 'reader', isBackground: true });
  expect(niceOfThreads().filter((nice) => nice === 19)).toHaveLength(before.filter((nice) => nice === 19).length + 1);
  await reader.close();
  await background.close();
});
