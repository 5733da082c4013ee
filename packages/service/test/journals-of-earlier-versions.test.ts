import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { TestFolders } from '../src/journal/journal.fixture.ts';
import { type KeptJournal, openJournal } from '../src/journal/journal.ts';
import { journalFile } from '../src/journal/journal-files.ts';
import { inShort } from './support/payment-in-short.ts';

/**
 * A till's journal outlives the program that wrote it. Where this fails, tills could not start after their update, or
 * would read their payments otherwise than they were: whoever changes the fold, the index or the tables brings what old
 * journals need (CONTRIBUTING.md).
 */
const kept = new URL('./journals/', import.meta.url);
const versions = readdirSync(kept).flatMap((name) => /^(.+)\.jsonl$/.exec(name)?.[1] ?? []);

const folders = new TestFolders();
let journal: KeptJournal;
afterEach(async () => {
  await journal.close();
  folders.removeAll();
});

test.each(versions)('a journal of %s is whole, and says of each payment what it said', async (version) => {
  const folder = folders.make();
  writeFileSync(journalFile(folder), gunzipSync(readFileSync(new URL(`${version}.sqlite.gz`, kept))));
  journal = await openJournal({ folder });
  expect(await journal.verify()).toEqual([]);
  const lines = readFileSync(new URL(`${version}.jsonl`, kept), 'utf8')
    .trimEnd()
    .split('\n');
  expect(lines.length).toBeGreaterThan(50);
  for (const line of lines) {
    const payment = await journal.payment(JSON.parse(line).paymentId);
    expect(payment && JSON.parse(JSON.stringify(inShort(payment)))).toEqual(JSON.parse(line));
  }
  expect((await journal.counts()).unknown).toBe(lines.filter((line) => line.includes('"state":"unknown"')).length);
  expect((await journal.orphans({ limit: 50 })).filter(({ acknowledged }) => acknowledged)).not.toHaveLength(0);
});
