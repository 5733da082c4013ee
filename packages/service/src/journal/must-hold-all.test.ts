import { cpSync, realpathSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { TestFolders } from './journal.fixture.ts';
import { JournalCore } from './journal-core.ts';
import { journalFile } from './journal-files.ts';
import { change, filled } from './journal-on-disk.fixture.ts';
import { mustHoldAll } from './must-hold-all.ts';
import { SqliteStore } from './sqlite-store.ts';

const folders = new TestFolders();
let sound: string;
beforeAll(async () => {
  sound = realpathSync(folders.make());
  await filled(sound);
  const core = new JournalCore(new SqliteStore(journalFile(sound), 'writer'), Date.now);
  core.acknowledgeOrphan(1, { note: 'seen', by: 'Anna' });
  core.close();
});
afterAll(() => folders.removeAll());

const PAYMENTS = 3;

/** Compares a copy of the journal with the journal. */
function compared(sql = ''): void {
  const folder = folders.make();
  cpSync(sound, folder, { recursive: true });
  change(folder, sql);
  const [old, made] = [sound, folder].map((one) => new SqliteStore(journalFile(one), 'visitor'));
  if (old === undefined || made === undefined) throw new Error('there are two');
  try {
    mustHoldAll(made, { of: old, payments: PAYMENTS });
  } finally {
    made.close();
    old.close();
  }
}

test('rule 19: the same facts, orphans, words and rows are all there; the key of repeated bytes is derived', () => {
  compared();
  compared('UPDATE fact SET bytes_key = 1 WHERE bytes_key IS NOT NULL');
});

test.each([
  ['no fact', 'DELETE FROM fact', 'facts from number 1 on'],
  ['the last fact', 'DELETE FROM fact WHERE seq = (SELECT max(seq) FROM fact)', 'facts from number 1 on'],
  ['what one says', "UPDATE fact SET body = '{}' WHERE seq = 3", 'facts from number 1 on'],
  ['the orphan', 'DELETE FROM orphan', 'orphans from number 1 on'],
  ['the word on it', 'DELETE FROM acknowledgement', 'orphans from number 1 on'],
  ['a row', "DELETE FROM payment WHERE payment_id = 'P2'", '2 of 3 payments are in its index'],
])('rule 19: without %s it is not all there', (_what, sql, sentence) => {
  expect(() => compared(sql)).toThrow(sentence);
});
