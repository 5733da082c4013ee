import { cpSync, mkdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { afterEach, describe, expect, test } from '@jest/globals';
import { accepted, TestFolders } from './journal.fixture.ts';
import { JournalCore } from './journal-core.ts';
import { journalDamage } from './journal-damage.ts';
import { journalFile } from './journal-files.ts';
import { change, filled, flip, makeNewer } from './journal-on-disk.fixture.ts';
import { SqliteStore } from './sqlite-store.ts';

const folders = new TestFolders();
afterEach(() => folders.removeAll());

/** As a process leaves it that was killed: its last payment stands in the log alone. */
async function killed(): Promise<string> {
  const [folder, image] = [folders.make(), folders.make()];
  await filled(folder);
  const core = new JournalCore(new SqliteStore(journalFile(folder), 'writer'), Date.now);
  core.append('P4', [accepted()]);
  for (const part of ['', '-wal', '-shm']) cpSync(journalFile(folder) + part, journalFile(image) + part);
  core.close();
  return image;
}

const changedFact = (folder: string) =>
  change(folder, "UPDATE fact SET body = replace(body, '1004', '1006') WHERE payment_id = 'P3'");

/** The last byte that was synced is another one. */
function damageLog(folder: string): void {
  const log = `${journalFile(folder)}-wal`;
  const bytes = readFileSync(log);
  bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1;
  writeFileSync(log, bytes);
}

/** A folder in the place of a file is what every system refuses to read. */
function makeUnreadable(file: string): void {
  rmSync(file);
  mkdirSync(file);
}

describe('rule 19: a journal is damaged only where it is known to be', () => {
  test('one whose service was stopped, or killed, is not', async () => {
    const folder = folders.make();
    await filled(folder);
    expect(await journalDamage(folder)).toBeUndefined();
    expect(await journalDamage(await killed())).toBeUndefined();
  });

  test('nor is one from a backup that lacks the index of the log', async () => {
    const folder = await killed();
    rmSync(`${journalFile(folder)}-shm`);
    expect(await journalDamage(folder)).toBeUndefined();
  });

  test.each<[string, (folder: string) => void]>([
    ['a fact that recovery does not read', changedFact],
    ['a file cut short', (folder) => truncateSync(journalFile(folder), 16_384)],
    ['an empty file', (folder) => truncateSync(journalFile(folder), 0)],
    ['a text file', (folder) => writeFileSync(journalFile(folder), 'Hello '.repeat(2_000))],
    ["another program's database", (folder) => change(folder, 'PRAGMA application_id = 7')],
  ])('%s is', async (_what, harm) => {
    const folder = folders.make();
    await filled(folder);
    harm(folder);
    expect(await journalDamage(folder)).toBe('more');
  });

  test.each<[string, (folder: string) => void, string]>([
    [
      'a wrong row',
      (folder) => change(folder, "UPDATE payment SET state = 'unknown' WHERE payment_id = 'P3'"),
      'index',
    ],
    ['a bit in an index', (folder) => flip(folder, 'payment_by_order', 'approved'), 'index'],
    [
      'a last fact that is gone, which the index alone knows of',
      (folder) => change(folder, 'DELETE FROM fact WHERE seq = (SELECT max(seq) FROM fact)'),
      'more',
    ],
    [
      'a wrong row beside a changed fact',
      (folder) => {
        change(folder, "UPDATE payment SET state = 'unknown' WHERE payment_id = 'P1'");
        changedFact(folder);
      },
      'more',
    ],
  ])('%s is, and what of it is said', async (_what, harm, what) => {
    const folder = folders.make();
    await filled(folder);
    harm(folder);
    expect(await journalDamage(folder)).toBe(what);
  });

  test.each<[string, (folder: string) => void]>([
    ['a bit in the log', damageLog],
    ['a log that is gone', (folder) => rmSync(`${journalFile(folder)}-wal`)],
    ['a file that is gone, while its log is there', (folder) => rmSync(journalFile(folder))],
  ])('%s is', async (_what, harm) => {
    const folder = await killed();
    harm(folder);
    expect(await journalDamage(folder)).toBe('more');
  });

  const NEWER = /written by a newer version of this program .*Start that version again\./;
  const NO_ACCESS = /it cannot be opened \(.*\)\. Check that its folder is there and belongs to this program's user\./;
  test.each<[string, (folder: string) => void, RegExp]>([
    ['a newer file', (folder) => change(folder, 'PRAGMA user_version = 2'), NEWER],
    ['a newer fact', (folder) => makeNewer(folder, 'P3'), NEWER],
    [
      'a newer fact beside damage',
      (folder) => {
        makeNewer(folder, 'P2');
        changedFact(folder);
      },
      NEWER,
    ],
    ['a file that cannot be read', (folder) => makeUnreadable(journalFile(folder)), /the disk reports an error/],
  ])('%s is not known to be: said as what it is', async (_what, harm, sentence) => {
    const folder = folders.make();
    await filled(folder);
    harm(folder);
    const looking = journalDamage(folder);
    await expect(looking).rejects.toMatchObject({ name: 'OperatingError', code: '1107' });
    await expect(looking).rejects.toThrow(sentence);
  });

  test('a log that cannot be read is not known to be: said as what it is', async () => {
    const folder = await killed();
    makeUnreadable(`${journalFile(folder)}-wal`);
    await expect(journalDamage(folder)).rejects.toThrow(NO_ACCESS);
  });
});
