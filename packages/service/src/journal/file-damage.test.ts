import { hash } from 'node:crypto';
import { existsSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, describe, expect, test } from '@jest/globals';
import { anOrphan, TestFolders } from './journal.fixture.ts';
import { openJournal } from './journal.ts';
import { journalFile, setJournalAside } from './journal-files.ts';
import { change, filled, makeNewer, ofNewerFormat, rewritten, using } from './journal-on-disk.fixture.ts';
import { SqliteStore } from './sqlite-store.ts';

const folders = new TestFolders();
afterEach(() => folders.removeAll());

describe('rule 19: damage', () => {
  const damages: [string, (folder: string) => void, string][] = [
    [
      'a changed byte in a fact',
      (folder) => change(folder, "UPDATE fact SET body = replace(body, '1250', '1251') WHERE payment_id = 'P2'"),
      'fact 1 (accepted) of payment P2 has a wrong checksum',
    ],
    [
      'a changed time in a fact',
      (folder) => change(folder, "UPDATE fact SET at_ms = at_ms + 1 WHERE payment_id = 'P2' AND version = 2"),
      'fact 2 (asked) of payment P2 has a wrong checksum',
    ],
    [
      'a fact that is gone',
      (folder) => change(folder, "DELETE FROM fact WHERE payment_id = 'P2' AND version = 1"),
      'fact 1 of payment P2 is missing',
    ],
    [
      'a last fact that is gone',
      (folder) => change(folder, "DELETE FROM fact WHERE payment_id = 'P1' AND version = 4"),
      'payment P1 has 3 facts, and its index says 4',
    ],
    [
      'a changed orphan',
      (folder) => change(folder, "UPDATE orphan SET body = replace(body, 'bytes', 'bites')"),
      'orphan answer 1 has a wrong checksum',
    ],
    ['a file cut short', (folder) => truncateSync(journalFile(folder), 16_384), 'is damaged'],
    ['an empty file', (folder) => truncateSync(journalFile(folder), 0), 'it has only 0 bytes'],
    ['a text file', (folder) => writeFileSync(journalFile(folder), 'Hello '.repeat(2_000)), 'not a database'],
    [
      "another program's database",
      (folder) => change(folder, 'PRAGMA application_id = 7'),
      'it is not a journal of this program',
    ],
    [
      'a table that is described otherwise',
      (folder) => change(folder, rewritten('payment', "replace(sql, 'order_id TEXT', 'order_id BLOB')")),
      'its tables are not those of a journal',
    ],
    [
      'a log without its file',
      (folder) => {
        setJournalAside(folder, 0);
        writeFileSync(`${journalFile(folder)}-wal`, 'left');
      },
      'journal.db-wal is there and',
    ],
  ];

  test.each(damages)('%s is named, and nothing is changed', async (_what, harm, sentence) => {
    const folder = folders.make();
    await filled(folder);
    harm(folder);
    const image = () => existsSync(journalFile(folder)) && hash('sha1', readFileSync(journalFile(folder)));
    const before = image();
    const opening = openJournal({ folder });
    await expect(opening).rejects.toMatchObject({ name: 'OperatingError', code: '1107' });
    await expect(opening).rejects.toThrow(sentence);
    await expect(opening).rejects.toThrow(journalFile(folder));
    await expect(opening).rejects.toThrow("'tp-manager journal set-aside'");
    expect(image()).toEqual(before);
  });

  test('in what recovery does not read is found by the verification, and hit by whoever reads it', async () => {
    const folder = folders.make();
    await filled(folder);
    change(folder, "UPDATE fact SET body = replace(body, '1004', '1006') WHERE payment_id = 'P3'");
    await using(folder, async (journal) => {
      expect(await journal.verify()).toEqual([expect.stringContaining('fact 2 (not_sent) of payment P3')]);
      await expect(journal.payment('P3')).rejects.toThrow('wrong checksum');
      expect(await journal.payment('P1')).toMatchObject({ state: 'approved' });
    });
  });

  test.each([
    ['payment_by_order', 'wrong # of entries in index payment_by_order'],
    ['payment_alarmed', 'index payment_alarmed has 3 entries, and there are 0 rows for it'],
  ])('in an index, which no checksum shows, is found by the verification: %s', async (index, sentence) => {
    const folder = folders.make();
    await filled(folder);
    const database = new DatabaseSync(journalFile(folder));
    const intact = database.prepare('SELECT sql FROM sqlite_schema WHERE name = ?').get(index)?.sql as string;
    database.close();
    // Filled by another rule than the one that is written down in the end.
    const condition = index === 'payment_alarmed' ? 'alarmed = 0' : 'version = 99';
    change(folder, rewritten(index, `'${intact.replace(/ WHERE .*$/s, '')} WHERE ${condition}'`));
    change(folder, `REINDEX ${index}`);
    change(folder, rewritten(index, `'${intact}'`));
    await using(folder, async (journal) => {
      expect(await journal.verify()).toEqual(expect.arrayContaining([expect.stringContaining(sentence)]));
    });
  });

  test('in an orphan, or in the word on one, is found by the verification too', async () => {
    const folder = folders.make();
    await filled(folder);
    await using(folder, async (journal) => {
      await journal.acknowledgeOrphan(1, { note: 'seen', by: 'Anna' });
      await journal.appendOrphan(anOrphan('the newest'));
      expect(await journal.verify()).toEqual([]);
    });
    change(folder, "UPDATE acknowledgement SET body = replace(body, 'Anna', 'Anne')");
    expect(await using(folder, (journal) => journal.verify())).toEqual([
      expect.stringContaining('the word on orphan answer 1 has a wrong checksum'),
    ]);
    change(folder, "UPDATE orphan SET body = replace(body, 'bytes', 'bites') WHERE seq = 1");
    expect(await using(folder, (journal) => journal.verify())).toEqual([
      expect.stringContaining('orphan answer 1 has a wrong checksum'),
    ]);
  });

  test.each([
    ['a newer file', 'PRAGMA user_version = 9', 'its version is 9, this program knows 1'],
    ['a newer fact', '', 'fact 3 (told) of payment P2 has format 2, this program knows 1'],
  ])('%s asks for the newer version', async (_what, sql, sentence) => {
    const folder = folders.make();
    await filled(folder);
    if (sql !== '') change(folder, sql);
    else addNewerFact(folder);
    const opening = openJournal({ folder });
    await expect(opening).rejects.toThrow(sentence);
    await expect(opening).rejects.toThrow('Start that version again.');
  });

  test('a newer fact that recovery does not read is found by the verification', async () => {
    const folder = folders.make();
    await filled(folder);
    makeNewer(folder, 'P3');
    expect(await using(folder, (journal) => journal.verify())).toEqual([
      expect.stringContaining('fact 2 (not_sent) of payment P3 has format 2, this program knows 1'),
    ]);
  });
});

/** A fact of a program to come, written the way that program would. */
function addNewerFact(folder: string): void {
  const store = new SqliteStore(journalFile(folder), 'writer');
  const before = store.row('P2');
  if (before === undefined) throw new Error('P2 is missing');
  const seq = (store.newestFact()?.seq ?? 0) + 1;
  const place = { seq, paymentId: 'P2', version: 3, atMs: Date.UTC(2027, 0, 1), bytesKey: null };
  const fact = ofNewerFormat({ ...place, kind: 'told', body: '', checksum: 0 });
  store.commit({ facts: [fact], row: { ...before, version: fact.version }, orphans: [] });
  store.close();
}
