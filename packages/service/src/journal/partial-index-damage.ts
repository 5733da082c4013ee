import type { DatabaseSync } from 'node:sqlite';

/**
 * What `PRAGMA integrity_check` passes over: that every row is in a partial index it belongs to is checked there, but not that
 * nothing else is. So the entries are counted as well.
 */
export function partialIndexDamage(database: DatabaseSync): string[] {
  const indexes = database.prepare("SELECT name, tbl_name, sql FROM sqlite_schema WHERE type = 'index'").all();
  return indexes.flatMap(({ name, tbl_name: table, sql }) => {
    const condition = /\bWHERE\b(.*)$/s.exec(String(sql))?.[1];
    if (condition === undefined) return [];
    // The plus keeps SQLite from answering the second question by the very index.
    const counted = (how: string) => database.prepare(`SELECT count(*) AS entries FROM ${table} ${how}`).get()?.entries;
    const [found, expected] = [
      counted(`INDEXED BY ${name} WHERE ${condition}`),
      counted(`NOT INDEXED WHERE +(${condition})`),
    ];
    return found === expected ? [] : [`index ${name} has ${found} entries, and there are ${expected} rows for it`];
  });
}
