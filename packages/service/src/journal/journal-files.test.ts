import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from '@jest/globals';
import { TestFolders } from './journal.fixture.ts';
import { setJournalAside } from './journal-files.ts';

const folders = new TestFolders();
afterEach(() => folders.removeAll());

const NAMES = ['journal.db', 'journal.db-shm', 'journal.db-wal'];

test('a journal is put aside whole, or not at all', () => {
  const folder = folders.make();
  for (const name of NAMES) writeFileSync(join(folder, name), name);
  const inTheWay = join(folder, 'journal-19700101T000000Z.db-wal');
  mkdirSync(inTheWay);
  expect(() => setJournalAside(folder, 0)).toThrow(expect.objectContaining({ syscall: 'rename' }));
  for (const name of NAMES) expect(readFileSync(join(folder, name), 'utf8')).toBe(name);

  const aside = setJournalAside(folder, 1_000);
  expect(aside).toBe(join(folder, 'journal-19700101T000001Z.db'));
  for (const part of ['', '-wal', '-shm']) expect(readFileSync(aside + part, 'utf8')).toBe(`journal.db${part}`);
  expect(readdirSync(folder).filter((name) => NAMES.includes(name))).toEqual([]);
});
