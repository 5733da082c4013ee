import { cpSync, existsSync, linkSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { anOrphan, answered, TestFolders } from './journal.fixture.ts';
import { JournalCore } from './journal-core.ts';
import { journalFile } from './journal-files.ts';
import { change, filled, flip, tables, using } from './journal-on-disk.fixture.ts';
import { rebuildIndex } from './rebuild-index.ts';
import { SqliteStore } from './sqlite-store.ts';

const folders = new TestFolders();

const NOW_MS = Date.UTC(2026, 0, 5, 9, 30);
let sound: string;
beforeAll(async () => {
  sound = folders.make();
  await filled(sound);
  const core = new JournalCore(new SqliteStore(journalFile(sound), 'writer'), Date.now);
  core.appendOrphan(anOrphan('others'));
  core.acknowledgeOrphan(2, { note: 'seen', by: 'Anna' });
  core.close();
});
afterAll(() => folders.removeAll());

function aFolder(): string {
  const folder = folders.make();
  for (const name of readdirSync(sound)) cpSync(join(sound, name), join(folder, name));
  return folder;
}

describe('rule 19: an index that is damaged is derived from the facts again', () => {
  const damages: [string, (folder: string) => void][] = [
    ['nothing in it', () => {}],
    ['wrong rows', (folder) => change(folder, "UPDATE payment SET state = 'unknown', token = NULL")],
    ['a row that is gone', (folder) => change(folder, "DELETE FROM payment WHERE payment_id = 'P2'")],
    [
      'a row too many',
      (folder) =>
        change(
          folder,
          "INSERT INTO payment SELECT 'P0', 0, order_id, 0, state, NULL, NULL, registration, 0, NULL, NULL, NULL, NULL, NULL, 0, 0 FROM payment WHERE payment_id = 'P1'",
        ),
    ],
    ['one bit in an index', (folder) => flip(folder, 'payment_by_order', 'approved')],
    ['one bit in the index of facts', (folder) => flip(folder, 'fact_by_payment', 'P1')],
    ['a page of an index that is none any more', (folder) => flip(folder, 'payment_by_order', '\n')],
    [
      'the key by which repeated bytes are found',
      (folder) => change(folder, 'UPDATE fact SET bytes_key = 1 WHERE bytes_key IS NOT NULL'),
    ],
  ];
  test.each(damages)('%s: the journal says what it said, and the old file is kept as it was', async (_what, harm) => {
    const folder = aFolder();
    const file = journalFile(folder);
    const before = tables(file);
    harm(folder);
    const damaged = readFileSync(file);
    const { payments, aside } = rebuildIndex(folder, NOW_MS);
    expect(payments).toBe(3);
    expect(tables(file)).toEqual(before);
    expect(aside).toMatch(/journal-20260105T093000Z\.db$/);
    // Its first page counts how often it was opened to write.
    expect(readFileSync(aside).subarray(4096).equals(damaged.subarray(4096))).toBe(true);
    expect(await using(folder, (journal) => journal.verify())).toEqual([]);
    expect(statSync(file).mode & 0o777).toBe(process.platform === 'win32' ? 0o666 : 0o600);
    expect(readdirSync(folder).sort()).toEqual(['journal-20260105T093000Z.db', 'journal.ballast', 'journal.db']);
  });

  test('what stood in its log alone is in the new one, too', () => {
    const folder = aFolder();
    const core = new JournalCore(new SqliteStore(journalFile(folder), 'writer'), Date.now);
    core.append('P2', [answered('0')]);
    const image = folders.make();
    for (const companion of ['', '-wal', '-shm']) {
      writeFileSync(journalFile(image) + companion, readFileSync(journalFile(folder) + companion));
    }
    core.close();
    rebuildIndex(image, NOW_MS);
    expect(existsSync(`${journalFile(image)}-wal`)).toBe(false);
    expect(tables(journalFile(image))).toEqual(tables(journalFile(folder)));
  });
});

test('another program has the journal open, whose log would stand beside the new one: it is left as it is', () => {
  const folder = aFolder();
  const other = new SqliteStore(journalFile(folder), 'reader');
  try {
    expect(() => rebuildIndex(folder, NOW_MS)).toThrow(/another program is using it .*journal\.db-wal is still there/);
    expect(readdirSync(folder).filter((name) => /rebuilding|Z\.db/.test(name))).toEqual([]);
  } finally {
    other.close();
  }
});

describe('a command was killed once the journal at work had the name of one put aside', () => {
  test('it has that name no more; another journal that was put aside stays', () => {
    const folder = aFolder();
    const [second, another] = ['journal-20260104T080000Z.db', 'journal-20260104T070000Z.db'];
    cpSync(journalFile(folder), join(folder, another));
    linkSync(journalFile(folder), join(folder, second));
    const { aside } = rebuildIndex(folder, NOW_MS);
    expect(readdirSync(folder).sort()).toEqual([another, basename(aside), 'journal.ballast', 'journal.db']);
    expect(statSync(aside).nlink).toBe(1);
  });
});

describe('rule 19: where more than the index is damaged, it is left as it is', () => {
  test.each<[string, (folder: string) => void, string]>([
    [
      'a changed fact',
      (folder) => change(folder, "UPDATE fact SET body = replace(body, '1004', '1006')"),
      'fact 2 (not_sent) of payment P3 has a wrong checksum',
    ],
    ['a fact that is gone', (folder) => change(folder, 'DELETE FROM fact WHERE seq = 4'), 'fact number 4 is missing'],
    [
      'the last fact is gone, and only the index knows of it',
      (folder) => change(folder, 'DELETE FROM fact WHERE seq = (SELECT max(seq) FROM fact)'),
      'payment P2 has 1 facts, and its index says 2',
    ],
    [
      'all facts of the last payment',
      (folder) => change(folder, "DELETE FROM fact WHERE payment_id = 'P2'"),
      'payment P2 has 0 facts, and its index says 2',
    ],
    [
      'an orphan that is gone',
      (folder) => change(folder, 'DELETE FROM orphan WHERE seq = 1'),
      'orphan answer number 1',
    ],
    [
      'the last orphan is gone, and only the word on it knows of it',
      (folder) => change(folder, 'DELETE FROM orphan WHERE seq = 2'),
      'orphan answer number 2 is missing',
    ],
    [
      'a changed orphan',
      (folder) => change(folder, 'UPDATE orphan SET at_ms = 1'),
      'orphan answer 1 has a wrong checksum',
    ],
    [
      'the word on one',
      (folder) => change(folder, "UPDATE acknowledgement SET body = replace(body, 'Anna', 'Anne')"),
      'the word on orphan answer 2 has a wrong checksum',
    ],
    ['facts of a newer version', (folder) => change(folder, 'PRAGMA user_version = 9'), 'Start that version again'],
  ])('%s', (_what, harm, sentence) => {
    const folder = aFolder();
    harm(folder);
    const before = tables(journalFile(folder));
    expect(() => rebuildIndex(folder, NOW_MS)).toThrow(sentence);
    expect(readdirSync(folder).sort()).toEqual(['journal.ballast', 'journal.db']);
    expect(tables(journalFile(folder))).toEqual(before);
  });
});
