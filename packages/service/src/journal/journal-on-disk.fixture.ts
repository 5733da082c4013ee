import { readFileSync, writeFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { crc32 } from 'node:zlib';
import { ManualClock } from '@hipay-ecr/shared/manual-clock.ts';
import { accepted, anOrphan, answered, asked, notSent, registering } from './journal.fixture.ts';
import { journalOver, type KeptJournal, openJournal } from './journal.ts';
import { journalFile } from './journal-files.ts';
import { SqliteStore } from './sqlite-store.ts';
import type { StoredFact } from './store.ts';

const TABLES = ['fact', 'orphan', 'acknowledgement', 'payment'];
const PAGE_BYTES = 4_096;
/** https://www.sqlite.org/fileformat.html, 1.6; a table WITHOUT ROWID is kept as an index is. */
const LEAF_OF_INDEX = 10;

export async function filled(folder: string): Promise<void> {
  const journal = journalOver(new SqliteStore(journalFile(folder), 'writer'), new ManualClock());
  await journal.append('P3', [accepted(), notSent]);
  await journal.append('P1', [accepted(), asked('0000000001'), answered('0'), registering(1)]);
  await journal.append('P2', [accepted(), asked('0000000002')]);
  await journal.appendOrphan(anOrphan('bytes'));
  await journal.close();
}

export async function using<T>(folder: string, use: (journal: KeptJournal) => Promise<T>): Promise<T> {
  const journal = await openJournal({ folder });
  try {
    return await use(journal);
  } finally {
    await journal.close();
  }
}

export function change(folder: string, sql: string): void {
  const database = new DatabaseSync(journalFile(folder), { defensive: false });
  database.exec(sql);
  database.close();
}

/** Flips the lowest bit of each of these letters in one tree of the file (a table or an index), which fits into one page as yet. */
export function flip(folder: string, tree: string, text: string): void {
  const file = journalFile(folder);
  const database = new DatabaseSync(file, { readOnly: true });
  const root = database.prepare('SELECT rootpage FROM sqlite_schema WHERE name = ?').get(tree)?.rootpage;
  database.close();
  const bytes = readFileSync(file);
  const page = bytes.subarray((Number(root) - 1) * PAGE_BYTES, Number(root) * PAGE_BYTES);
  if (page[0] !== LEAF_OF_INDEX || !page.includes(text)) throw new Error(`there is no '${text}' in ${tree}`);
  for (let at = page.indexOf(text); at !== -1; at = page.indexOf(text)) page[at] = (page[at] ?? 0) ^ 1;
  writeFileSync(file, bytes);
}

/** All that its tables hold. */
export function tables(file: string): Record<string, unknown[]> {
  const database = new DatabaseSync(file, { readOnly: true });
  const rows = (table: string) => database.prepare(`SELECT * FROM ${table} ORDER BY 1`).all();
  const all = Object.fromEntries(TABLES.map((table) => [table, rows(table)]));
  database.close();
  return all;
}

/** What the file says that one of its parts is; nothing else in it changes. */
export function rewritten(part: string, sql: string): string {
  return `PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql = ${sql} WHERE name = '${part}'`;
}

/** The last fact of a payment is one of a program to come. */
export function makeNewer(folder: string, paymentId: string): void {
  const store = new SqliteStore(journalFile(folder), 'writer');
  const last = store.factsOf(paymentId).at(-1);
  if (last === undefined) throw new Error(`there are no facts of ${paymentId}`);
  store.commit({ facts: [], orphans: [], replaced: [ofNewerFormat(last)] });
  store.close();
}

/** As that program would write it. */
export function ofNewerFormat(fact: StoredFact): StoredFact {
  const body = '{"v":2}';
  return { ...fact, body, checksum: crc32([fact.paymentId, fact.atMs, fact.kind, body].join('\n')) };
}
