import { readdirSync, readFileSync } from 'node:fs';
import { afterEach, expect, test } from '@jest/globals';
import { TestFolders } from './journal.fixture.ts';
import { createJournalFile, journalFile } from './journal-files.ts';
import { JournalThread } from './journal-thread.ts';

const folders = new TestFolders();
afterEach(() => folders.removeAll());

/** The nice values of this process's threads, highest first (proc_pid_stat(5), field 19; the name before may hold spaces). */
function niceOfThreads(): number[] {
  const stats = readdirSync('/proc/self/task').map((task) => readFileSync(`/proc/self/task/${task}/stat`, 'utf8'));
  return stats.map((stat) => Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[16])).sort((a, b) => b - a);
}

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
