import { spawnSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { ManualClock } from '@hipay-ecr/shared/manual-clock.ts';
import { afterEach, expect, test } from '@jest/globals';
import { until } from '../../test/support/until.ts';
import { saleTo } from './forget.fixture.ts';
import { damageFactsOf, notSent, TestFolders } from './journal.fixture.ts';
import { journalOver, type KeptJournal, openJournal } from './journal.ts';
import { journalFile } from './journal-files.ts';
import { journalLimits } from './journal-limits.ts';
import { ownThreads } from './own-threads.fixture.ts';
import { SqliteStore } from './sqlite-store.ts';

const folders = new TestFolders();
let journal: KeptJournal | undefined;
afterEach(async () => {
  await journal?.close();
  folders.removeAll();
});

/** Those that give way to all others. */
const threadsInBackground = (): number => ownThreads().filter(({ nice }) => nice === 19).length;

/** The locks of this process on a file (proc_locks(5): its number is the last part of the sixth field). */
function locksOn(file: string): number {
  const locks = readFileSync('/proc/locks', 'utf8')
    .split('\n')
    .map((line) => line.split(/\s+/));
  const { ino } = statSync(file);
  return locks.filter(([, , , , pid, where]) => pid === String(process.pid) && where?.endsWith(`:${ino}`)).length;
}

/** Another program looks at the journal: as the last one to leave, it would delete the log. */
function paymentsSeenByAnother(file: string): number {
  const script = `
    const database = new (require('node:sqlite').DatabaseSync)(${JSON.stringify(file)});
    console.log(database.prepare('SELECT count(*) AS count FROM payment').get().count);
    database.close();`;
  return Number(spawnSync(process.execPath, ['--disable-warning=ExperimentalWarning', '-e', script]).stdout);
}

const onLinux = process.platform === 'linux' ? test : test.skip;

onLinux('the thread that reads a large journal through ends, and the journal is locked still', async () => {
  const folder = folders.make();
  const file = journalFile(folder);
  const store = new SqliteStore(file, 'writer');
  const before = journalOver(store, new ManualClock());
  const lines = 20_000;
  let count = 0;
  for (; statSync(file).size < journalLimits.verifiedAsideBytes; count++) {
    await before.append(`P${count}`, [saleTo('c@example.org', `O${count}`, lines), notSent]);
    await before.maintain();
  }
  damageFactsOf(store, 'P0');
  await before.close();

  journal = await openJournal({ folder });
  expect(locksOn(file)).toBeGreaterThan(0);
  const foreground = threadsInBackground();
  const seen: number[] = [];
  const damage = await journal.verify(async () => {
    seen.push(threadsInBackground() - foreground);
    return true;
  });
  expect(damage).toEqual([expect.stringContaining('payment P0 has a wrong checksum')]);
  expect(new Set(seen)).toEqual(new Set([1]));
  await until(() => threadsInBackground() === foreground);

  // How many depends on what SQLite is about; without any it is anybody's.
  expect(locksOn(file)).toBeGreaterThan(0);
  expect(paymentsSeenByAnother(file)).toBe(count);
  await journal.append('NEW', [saleTo('n@example.org', 'NEW'), notSent]);
  expect(paymentsSeenByAnother(file)).toBe(count + 1);
});
