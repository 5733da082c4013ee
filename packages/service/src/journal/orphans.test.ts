import { describe, expect, test } from '@jest/globals';
import { accepted, anOrphan, answered, asked } from './journal.fixture.ts';
import { testJournals } from './journals.fixture.ts';

const { keep, kinds } = testJournals();

describe.each(kinds)('a journal %s', (_where, open) => {
  test('knows the bytes of an answer again, an orphan or not, within the time given', async () => {
    const journal = keep(await open());
    await journal.append('P1', [accepted(), asked('0000000001'), answered('0', 'answer')]);
    await journal.appendOrphan(anOrphan('orphan'));
    const keptAtMs = (await journal.orphans({ limit: 1 }))[0]?.atMs ?? 0;
    expect(await journal.orphanKept('answer', 0)).toBe(true);
    expect(await journal.orphanKept('orphan', 0)).toBe(true);
    expect(await journal.orphanKept('orphan', keptAtMs)).toBe(true);
    expect(await journal.orphanKept('orphan', keptAtMs + 1)).toBe(false);
    expect(await journal.orphanKept('answer', keptAtMs + 1)).toBe(false);
    expect(await journal.orphanKept('other', 0)).toBe(false);
  });

  test('shows orphans, newest first', async () => {
    const journal = keep(await open());
    for (const bytes of ['one', 'two', 'three']) await journal.appendOrphan(anOrphan(bytes));
    const orphans = await journal.orphans({ limit: 2 });
    expect(orphans.map(({ bytesMasked }) => bytesMasked)).toEqual(['three', 'two']);
    expect(orphans[0]).toMatchObject(anOrphan('three'));
    expect(await journal.orphans({ limit: 9, toMs: 1 })).toEqual([]);
  });

  test('keeps the first word on an orphan; from then on it is not counted', async () => {
    const journal = keep(await open());
    for (const bytes of ['one', 'two', 'three']) await journal.appendOrphan(anOrphan(bytes));
    const orphans = await journal.orphans({ limit: 9 });
    expect(orphans.map(({ orphanId, bytesMasked }) => [orphanId, bytesMasked])).toEqual([
      [3, 'three'],
      [2, 'two'],
      [1, 'one'],
    ]);
    const word = { note: 'on the ticket', by: 'Anna' };
    const said = await journal.acknowledgeOrphan(2, word);
    expect(said).toEqual({ ...orphans[1], acknowledged: { ...word, atMs: expect.any(Number) } });
    expect(await journal.acknowledgeOrphan(2, { note: 'no', by: 'Bea' })).toEqual(said);
    expect(await journal.acknowledgeOrphan(4, word)).toBeUndefined();
    expect(await journal.counts()).toMatchObject({ orphans: 2 });
    expect(await journal.orphans({ limit: 9 })).toEqual([orphans[0], said, orphans[2]]);
    const open_ = await journal.orphans({ onlyOpen: true, limit: 9 });
    expect(open_.map(({ orphanId }) => orphanId)).toEqual([3, 1]);
    expect(await journal.orphans({ onlyOpen: true, limit: 1, skip: 1 })).toEqual([orphans[2]]);
    expect(await journal.orphanKept('two', 0)).toBe(true);
  });
});
