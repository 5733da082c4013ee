import { DatabaseSync } from 'node:sqlite';
import { askedSeqIn, indexRow } from '../../../packages/service/src/journal/index-row.ts';
import { createJournalFile, journalFile } from '../../../packages/service/src/journal/journal-files.ts';
import { statements } from '../../../packages/service/src/journal/sqlite-statements.ts';
import { storeFact } from '../../../packages/service/src/journal/stored-fact.ts';
import type { Fact } from '../../../packages/service/src/payments/fact.ts';
import { fold } from '../../../packages/service/src/payments/fold.ts';
import { BulkInsert } from './bulk-insert.ts';

/**
 * Makes the journal of a data folder: the very facts, checksums and index rows that the service would have written, in one
 * transaction without syncs, and the indexes over them afterwards.
 */
export function fillJournal(folder: string, payments: Iterable<Fact[]>): void {
  const file = journalFile(folder);
  createJournalFile(file);
  const database = new DatabaseSync(file);
  database.exec('PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -200000; BEGIN');
  const indexes = database
    .prepare("SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL")
    .all();
  for (const { name } of indexes) database.exec(`DROP INDEX ${name}`);
  const facts = new BulkInsert(database, statements.addFact);
  const rows = new BulkInsert(database, statements.putRow);
  let seq = 0;
  for (const payment of payments) {
    const stored = payment.map((fact, i) => storeFact(fact, ++seq, i + 1));
    for (const fact of stored) facts.add({ ...fact });
    const folded = fold(payment);
    if (folded !== undefined) rows.add({ ...indexRow(folded, askedSeqIn(stored)) });
  }
  facts.finish();
  rows.finish();
  for (const { sql } of indexes) database.exec(String(sql));
  database.exec('COMMIT; PRAGMA journal_mode = WAL');
  database.close();
}
