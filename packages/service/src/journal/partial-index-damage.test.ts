import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, expect, test } from '@jest/globals';
import { TestFolders } from './journal.fixture.ts';
import { partialIndexDamage } from './partial-index-damage.ts';

const folders = new TestFolders();
afterEach(() => folders.removeAll());

test('rule 19: what is written while it counts is no damage', () => {
  const file = join(folders.make(), 'counted.db');
  const writer = new DatabaseSync(file);
  writer.exec('PRAGMA journal_mode = WAL; CREATE TABLE payment (id INTEGER, open INTEGER)');
  writer.exec('CREATE INDEX payment_open ON payment (id) WHERE open = 1');
  const reader = new DatabaseSync(file, { readOnly: true });
  let written = 0;
  const whileOthersWrite: Pick<DatabaseSync, 'prepare'> = {
    prepare(sql) {
      writer.prepare('INSERT INTO payment VALUES (?, 1)').run(++written);
      return reader.prepare(sql);
    },
  };
  expect(partialIndexDamage(whileOthersWrite)).toEqual([]);
  expect(written).toBeGreaterThan(1);
  for (const database of [reader, writer]) database.close();
});
