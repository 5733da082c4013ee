import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { isDeepStrictEqual } from 'node:util';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { accepted, anOrphan, answered, asked, notSent, TestFolders } from '../journal/journal.fixture.ts';
import { journalOver } from '../journal/journal.ts';
import { openJournalForReading } from '../journal/open-for-reading.ts';
import { SqliteStore } from '../journal/sqlite-store.ts';
import { systemClock } from '../system-clock.ts';
import { exportFacts } from './export-facts.ts';

const folders = new TestFolders();
afterAll(() => folders.removeAll());

const PAYMENTS = 150;
let sound: { folder: string; kept: unknown[] };
beforeAll(async () => {
  sound = await filled();
});

/** A journal of a test's own. */
function copied(): { folder: string; kept: unknown[] } {
  const folder = folders.make();
  cpSync(sound.folder, folder, { recursive: true });
  return { folder, kept: sound.kept };
}

async function filled(): Promise<{ folder: string; kept: unknown[] }> {
  const folder = folders.make();
  const journal = journalOver(new SqliteStore(join(folder, 'journal.db'), 'writer'), systemClock);
  const kept: unknown[] = [];
  for (let n = 0; n < PAYMENTS; n += 1) {
    const id = `P${n}`;
    await journal.append(
      id,
      n % 3 === 0 ? [accepted(), notSent] : [accepted(), asked(`${n}`.padStart(10, '0')), answered('0')],
    );
    kept.push(...(await journal.facts(id)));
  }
  for (let n = 0; n < 3; n += 1) await journal.appendOrphan(anOrphan(`orphan ${n}`));
  kept.push(...(await journal.orphans({ limit: 9 })).reverse().map((orphan) => ({ kind: 'orphan', ...orphan })));
  await journal.close();
  return { folder, kept };
}

async function exported(folder: string): Promise<{ facts: unknown[]; missing: string[] }> {
  const journal = await openJournalForReading(folder);
  const facts: unknown[] = [];
  const missing: string[] = [];
  try {
    for await (const text of exportFacts(journal, (sentence) => missing.push(sentence))) {
      const { at, ...rest } = JSON.parse(text);
      facts.push({ ...rest, atMs: Date.parse(at) });
    }
    return { facts, missing };
  } finally {
    await journal.close();
  }
}

/** The root pages of the tables lie at the beginning, in the order of the schema; the leaves of `fact` come after them. */
function harmPages(folder: string, isHarmed: (page: number) => boolean): void {
  const file = join(folder, 'journal.db');
  const database = new DatabaseSync(file);
  const leaves = database.prepare("SELECT pageno FROM dbstat WHERE name = 'fact' AND pagetype = 'leaf'").all();
  database.close();
  const bytes = readFileSync(file);
  leaves.forEach(({ pageno }, place) => {
    if (isHarmed(place)) bytes.fill(0xa5, (Number(pageno) - 1) * 4096, Number(pageno) * 4096);
  });
  writeFileSync(file, bytes);
}

test('every fact of a sound journal, in the order they were written, as it was written', async () => {
  const { folder, kept } = copied();
  expect(await exported(folder)).toEqual({ facts: kept, missing: [] });
});

test('of a damaged one all that can be read, and what cannot: a fact, a page, the last pages', async () => {
  const { folder, kept } = copied();
  const database = new DatabaseSync(join(folder, 'journal.db'));
  database.exec("UPDATE fact SET body = replace(body, '1004', '1006') WHERE payment_id = 'P0' AND version = 2");
  database.close();
  harmPages(folder, (place) => place === 3);
  const { facts, missing } = await exported(folder);
  expect(facts.length).toBeGreaterThan(kept.length - 30);
  expect(facts.filter((fact) => !kept.some((one) => isDeepStrictEqual(one, fact)))).toEqual([]);
  expect(facts.slice(-3)).toEqual(kept.slice(-3));
  expect(missing).toEqual([
    expect.stringContaining('fact 2 (not_sent) of payment P0 has a wrong checksum'),
    expect.stringMatching(/^Of fact \d+ to \d+ some or all cannot be read: .*malformed/),
  ]);
});

test('where the last pages are gone it ends, and says from where on', async () => {
  const { folder, kept } = copied();
  harmPages(folder, (place) => place > 5);
  const { facts, missing } = await exported(folder);
  expect(facts.length).toBeGreaterThan(30);
  expect(facts.filter((fact) => !kept.some((one) => isDeepStrictEqual(one, fact)))).toEqual([]);
  expect(missing).toEqual([expect.stringMatching(/^From fact \d+ on nothing can be read: .*malformed/)]);
});
