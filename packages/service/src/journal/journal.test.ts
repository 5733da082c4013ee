import { ManualClock } from '@hipay-ecr/shared/manual-clock.ts';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { FactBody } from '../payments/fact.ts';
import { fold } from '../payments/fold.ts';
import { VersionConflict } from '../payments/version-conflict.ts';
import {
  accepted,
  anOrphan,
  answered,
  asked,
  notSent,
  parked,
  registered,
  registering,
  unclear,
} from './journal.fixture.ts';
import { journalOver } from './journal.ts';
import { journalFile } from './journal-files.ts';
import { testJournals } from './journals.fixture.ts';
import { SqliteStore } from './sqlite-store.ts';

const { folders, keep, kinds } = testJournals();

describe.each(kinds)('a journal %s', (_where, open) => {
  test('gives back each payment as its facts have it', async () => {
    const journal = keep(await open());
    const running = await journal.append('P1', [accepted(), asked('0000000001')]);
    expect(running).toMatchObject({ paymentId: 'P1', version: 2, state: 'running' });
    const approved = await journal.append('P1', [answered('0'), registering(1)]);
    expect(approved).toMatchObject({ version: 4, state: 'approved', registration: { status: 'registering' } });
    expect(await journal.payment('P1')).toEqual(approved);
    const facts = await journal.facts('P1');
    expect(facts.map(({ kind }) => kind)).toEqual(['accepted', 'asked', 'answered', 'registering']);
    expect(fold(facts)).toEqual(approved);
    expect(await journal.payment('P2')).toBeUndefined();
    expect(await journal.facts('P2')).toEqual([]);
  });

  test('appends nothing where somebody else was first', async () => {
    const journal = keep(await open());
    await journal.append('P1', [accepted()], { ifVersion: 0 });
    await journal.append('P1', [asked('0000000001')], { ifVersion: 1 });
    const late = journal.append('P1', [unclear], { ifVersion: 1 });
    await expect(late).rejects.toBeInstanceOf(VersionConflict);
    await expect(late).rejects.toThrow('Payment P1 has 2 facts, not 1');
    expect(await journal.payment('P1')).toMatchObject({ version: 2, state: 'running' });
  });

  test('rule 5: writes nothing of a payment whose token is taken', async () => {
    const journal = keep(await open());
    await journal.append('P1', [accepted(), asked('0000000001')]);
    const second = journal.append('P2', [accepted(), asked('0000000001')]);
    await expect(second).rejects.toMatchObject({ code: '1107', message: expect.stringContaining('ask again') });
    expect(await journal.payment('P2')).toBeUndefined();
    expect(await journal.facts('P2')).toEqual([]);
    expect(await journal.append('P2', [accepted(), asked('0000000002')])).toMatchObject({ version: 2 });
    expect(await journal.byToken('0000000001')).toMatchObject({ paymentId: 'P1', version: 2 });
  });

  test('keeps what it is given in order, where many append at once', async () => {
    const journal = keep(await open());
    await journal.append('P1', [accepted()]);
    const told: FactBody = { kind: 'told' };
    const versions = await Promise.all(Array.from({ length: 20 }, () => journal.append('P1', [told])));
    expect(versions.map(({ version }) => version)).toEqual(Array.from({ length: 20 }, (_, i) => i + 2));
    expect(await journal.payment('P1')).toMatchObject({ version: 21 });
  });

  test('finds itself sound, and stays usable after that and after maintenance', async () => {
    const journal = keep(await open());
    await journal.append('P1', [accepted(), asked('0000000001')]);
    await journal.maintain();
    expect(await journal.verify()).toEqual([]);
    expect(await journal.append('P1', [answered('0')])).toMatchObject({ state: 'approved' });
  });

  test('takes a bug for a bug', async () => {
    const journal = keep(await open());
    await expect(journal.append('P1', [asked('0000000001')])).rejects.toThrow("begins with 'asked'");
    await expect(journal.append('P1', [])).rejects.toThrow('Bug: nothing to append');
    expect(await journal.facts('P1')).toEqual([]);
  });
});

describe('random facts in random commits', () => {
  const later = fc.constantFrom<FactBody>(
    answered('0'),
    answered('7', 'other'),
    unclear,
    registering(1),
    registered,
    parked,
    { kind: 'told' },
    { kind: 'traced', lines: ['ENQ'] },
    { kind: 'settled', outcome: 'refused', note: 'n', by: 'b' },
  );
  const commit = fc.record({ payment: fc.nat(3), facts: fc.array(later, { minLength: 1, maxLength: 3 }) });

  test.each(kinds.slice(0, 2))('%s: every answer of the journal is the fold of its facts', async (_where, open) => {
    await fc.assert(
      fc.asyncProperty(fc.array(commit, { maxLength: 20 }), async (commits) => {
        const journal = await open();
        const written = new Map<string, FactBody[]>();
        for (const { payment, facts } of commits) {
          const paymentId = `P${payment}`;
          const before = written.get(paymentId) ?? [];
          const begin = before.length === 0 ? [accepted(), asked(`000000000${payment}`)] : [];
          const after = await journal.append(paymentId, [...begin, ...facts], { ifVersion: before.length });
          written.set(paymentId, [...before, ...begin, ...facts]);
          expect(after).toEqual(await journal.payment(paymentId));
        }
        for (const [paymentId, bodies] of written) {
          const facts = await journal.facts(paymentId);
          expect(facts).toEqual(bodies.map((body) => ({ ...body, paymentId, atMs: expect.any(Number) })));
          expect(await journal.payment(paymentId)).toEqual(fold(facts));
        }
        const { items } = await journal.list({ limit: 100 });
        expect(items.map(({ paymentId }) => paymentId).sort()).toEqual([...written.keys()].sort());
        expect(await journal.verify()).toEqual([]);
        await journal.close();
      }),
      { numRuns: 25 },
    );
  });
});

test('rule 18: journal time never runs back, not even over a restart', async () => {
  const folder = folders.make();
  const clock = new ManualClock(2_000_000);
  const first = journalOver(new SqliteStore(journalFile(folder), 'writer'), clock);
  await first.append('P1', [accepted()]);
  clock.setWall(3_000_000);
  await first.appendOrphan(anOrphan('bytes'));
  clock.setWall(1_000_000);
  await first.append('P1', [notSent]);
  await first.close();
  const second = keep(journalOver(new SqliteStore(journalFile(folder), 'writer'), clock));
  await second.append('P2', [accepted()]);
  clock.setWall(4_000_000);
  await second.append('P2', [notSent]);
  const times = [...(await second.facts('P1')), ...(await second.facts('P2'))].map(({ atMs }) => atMs);
  expect(times).toEqual([2_000_000, 3_000_000, 3_000_000, 4_000_000]);
});
