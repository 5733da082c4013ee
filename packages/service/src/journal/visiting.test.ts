import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, cpSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate as letOthersRun } from 'node:timers/promises';
import { afterEach, expect, test } from '@jest/globals';
import { saleTo } from './forget.fixture.ts';
import { accepted, TestFolders } from './journal.fixture.ts';
import { openJournal } from './journal.ts';
import { JournalCore } from './journal-core.ts';
import { journalFile } from './journal-files.ts';
import { SqliteStore } from './sqlite-store.ts';
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

test('no room for a copy of a log without its index: said, and not taken for the journal’s own disk', () => {
  const [folder, image] = [folders.make(), folders.make()];
  const before = new JournalCore(new SqliteStore(journalFile(folder), 'writer'), Date.now);
  before.append('P1', [accepted()]);
  for (const name of ['journal.db', 'journal.db-wal']) cpSync(join(folder, name), join(image, name));
  before.close();
  const isFull = () => {
    throw Object.assign(new Error('ENOSPC: no space left on device'), { code: 'ENOSPC', syscall: 'copyfile' });
  };
  expect(() => visit(journalFile(image), isFull)).toThrow(expect.objectContaining({ reason: 'no_copy' }));
});

test.each([
  ['begins', false],
  ['begins and ends', true],
])('a service that %s while file and log are copied: what it has made of them is read', (_what, ends) => {
  const [folder, image] = [folders.make(), folders.make()];
  const before = new JournalCore(new SqliteStore(journalFile(folder), 'writer'), Date.now);
  // On pages of its own, which are only in the log.
  before.append('P1', [saleTo('c@example.org', 'O1', 300)]);
  // As a backup has them: with a log, and without its index.
  for (const name of ['journal.db', 'journal.db-wal']) cpSync(join(folder, name), join(image, name));
  before.close();
  let service: JournalCore | undefined;
  const { store, end } = visit(journalFile(image), (from, to) => {
    if (String(from).endsWith('-wal') && service === undefined) {
      service = new JournalCore(new SqliteStore(journalFile(image), 'writer'), Date.now);
      service.maintain();
      service.append('P2', [accepted()]);
      if (ends) service.close();
    }
    copyFileSync(from, to);
  });
  expect(store.structureDamage()).toEqual([]);
  expect(store.paymentIdsAfter('', 9)).toEqual(['P1', 'P2']);
  end();
  if (!ends) service?.close();
});
