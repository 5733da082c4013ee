import type { DatabaseSync } from 'node:sqlite';

/**
 * What `PRAGMA integrity_check` passes over: that every row is in a partial index it belongs to is checked there, but not that
 * nothing else is. So the entries are counted as well.
 */
export function partialIndexDamage(database: Pick<DatabaseSync, 'prepare'>): string[] {
  const indexes = database.prepare("SELECT name, tbl_name, sql FROM sqlite_schema WHERE type = 'index'").all();
  return indexes.flatMap(({ name, tbl_name: table, sql }) => {
    const condition = /\bWHERE\b(.*)$/s.exec(String(sql))?.[1];
    if (condition === undefined) return [];
    const counted = (how: string) => `(SELECT count(*) FROM ${table} ${how})`;
    const entries = counted(`INDEXED BY ${name} WHERE ${condition}`);
    // The plus keeps SQLite from answering the second question by the very index.
    const rows = counted(`NOT INDEXED WHERE +(${condition})`);
    // In one statement, which sees one moment: payments go on meanwhile.
    const found = database.prepare(`SELECT ${entries} AS entries, ${rows} AS rows`).get();
    if (found?.entries === found?.rows) return [];
    return [`index ${name} has ${found?.entries} entries, and there are ${found?.rows} rows for it`];
  });
}
