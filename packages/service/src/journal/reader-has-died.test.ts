import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, test } from '@jest/globals';
import { TestFolders } from './journal.fixture.ts';
import { journalFile } from './journal-files.ts';

const folders = new TestFolders();
afterEach(() => folders.removeAll());

/** A process whose journal's second thread, the reader, ends by itself, and what closing the journal comes to then. */
function closedWithoutReader(folder: string) {
  const file = (name: string) => JSON.stringify(fileURLToPath(new URL(name, import.meta.url)));
  const script = `(async () => {
    const { openJournal } = await import(${file('journal.ts')});
    const { accepted } = await import(${file('journal.fixture.ts')});
    const { existsSync } = await import('node:fs');
    const threads = [];
    process.on('worker', (thread) => threads.push(thread));
    const journal = await openJournal({ folder: ${JSON.stringify(folder)} });
    await journal.append('P1', [accepted()]);
    await threads[1].terminate();
    const said = await journal.close().then(() => 'closed', (error) => error.message);
    const isLogThere = existsSync(${JSON.stringify(`${journalFile(folder)}-wal`)});
    console.log(JSON.stringify({ said, isLogThere }));
    process.exit();
  })()`;
  const { stdout, stderr } = spawnSync(process.execPath, ['-e', script], { encoding: 'utf8' });
  if (stdout === '') throw new Error(stderr);
  return JSON.parse(stdout);
}

test('the writer is closed all the same: the log is in the file before another one may have it', () => {
  const folder = folders.make();
  const { said, isLogThere } = closedWithoutReader(folder);
  expect(said).toContain('has ended by itself');
  expect(isLogThere).toBe(false);
  expect(existsSync(journalFile(folder))).toBe(true);
});
