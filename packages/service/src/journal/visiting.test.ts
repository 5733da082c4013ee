import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setImmediate as letOthersRun } from 'node:timers/promises';
import { afterEach, expect, test } from '@jest/globals';
import { TestFolders } from './journal.fixture.ts';
import { openJournal } from './journal.ts';
import { journalFile } from './journal-files.ts';
import { visit } from './visiting.ts';

const folders = new TestFolders();
afterEach(() => folders.removeAll());

/** Another process that makes the index of the log and removes it, as a service does that begins and ends, again and again. */
function comingAndGoing(file: string) {
  const script = `
    const { DatabaseSync } = require('node:sqlite');
    for (let times = 0; times < 2_000; times++) {
      const database = new DatabaseSync(${JSON.stringify(file)});
      database.prepare('SELECT count(*) FROM sqlite_schema').get();
      database.close();
    }`;
  return spawn(process.execPath, ['--disable-warning=ExperimentalWarning', '-e', script], { stdio: 'inherit' });
}

test('a service that begins or ends just then is no reason not to be looked at', async () => {
  const folder = folders.make();
  await (await openJournal({ folder })).close();
  const service = comingAndGoing(journalFile(folder));
  const ended = once(service, 'exit');
  let visits = 0;
  try {
    while (service.exitCode === null) {
      // Opening it reads its schema.
      visit(journalFile(folder)).end();
      visits++;
      await letOthersRun();
    }
  } finally {
    service.kill();
    await ended;
  }
  expect(service.exitCode).toBe(0);
  expect(visits).toBeGreaterThan(0);
});
