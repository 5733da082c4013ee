import { ManualClock } from '@hipay-ecr/shared/manual-clock.ts';
import { describe, expect, test } from '@jest/globals';
import type { FactBody } from '../payments/fact.ts';
import { localDay } from '../payments/local-day.ts';
import { readDay } from '../payments/read-day.ts';
import { type FailureReason, StoreFailure } from './failure-reason.ts';
import { forgetAll, OLD_MS, saleTo, told, traced } from './forget.fixture.ts';
import {
  accepted,
  answered,
  asked,
  damageFactsOf,
  notSent,
  parked,
  registered,
  registering,
  unclear,
} from './journal.fixture.ts';
import { journalOver, type KeptJournal } from './journal.ts';
import { testJournals } from './journals.fixture.ts';
import { MemoryStore } from './memory-store.ts';
import type { SqliteStore } from './sqlite-store.ts';

const DAY_MS = 24 * 3600_000;
const { inFile, keep } = testJournals();

const stores: [string, () => MemoryStore | SqliteStore][] = [
  ['in memory', () => new MemoryStore()],
  ['in a file', inFile],
];

describe.each(stores)('a journal %s forgets customers', (_where, store) => {
  const clock = new ManualClock();
  const CASES: [string, FactBody[], boolean][] = [
    ['registered', [asked('0000000001'), answered('0'), registering(1), registered, told], true],
    ['refused', [asked('0000000002'), answered('7'), told], true],
    ['not_sent', [notSent], true],
    ['running', [asked('0000000003')], false],
    ['unknown', [asked('0000000004'), unclear], false],
    ['due', [asked('0000000005'), answered('0')], false],
    ['unclear', [asked('0000000006'), answered('0'), registering(1)], false],
    ['parked', [asked('0000000007'), answered('0'), registering(1), parked], false],
    ['alarmed', [asked('0000000008'), answered('7'), answered('0', 'again'), registering(1), registered], false],
  ];
  const filled = async (over = store()): Promise<KeptJournal> => {
    const journal = journalOver(over, clock);
    keep(journal);
    for (const [when, atMs] of [
      ['old', OLD_MS],
      ['young', OLD_MS + 2 * DAY_MS],
    ] as const) {
      clock.setWall(atMs);
      for (const [n, [name, facts]] of CASES.entries()) {
        const ofPayment = facts.map((fact) =>
          fact.kind === 'asked' && when === 'young' ? { ...fact, token: `1${fact.token.slice(1)}` } : fact,
        );
        const email = `${when}-${name}@example.org`;
        await journal.append(`${when}-${n}`, [saleTo(email, `${name}-${when}`), ...ofPayment]);
        // A trace alone is no reason to leave it out, nor to take it in.
        if (name === 'registered') await journal.append(`${when}-${n}`, [traced(email)]);
      }
    }
    return journal;
  };
  const everything = async (journal: KeptJournal) => {
    const { items } = await journal.list({ limit: 50 });
    return Promise.all(items.map(async ({ paymentId }) => JSON.stringify(await journal.facts(paymentId))));
  };

  test('of what is old and at rest; nothing else, whatever its age', async () => {
    const journal = await filled();
    expect(await forgetAll(journal, OLD_MS + DAY_MS)).toBe(CASES.filter(([, , isForgotten]) => isForgotten).length);
    const facts = (await everything(journal)).join('\n');
    for (const [name, , isForgotten] of CASES) {
      expect([name, facts.includes(`old-${name}@example.org`)]).toEqual([name, !isForgotten]);
      expect(facts).toContain(`young-${name}@example.org`);
    }
    const [first] = CASES.entries();
    expect(await journal.payment(`old-${first?.[0]}`)).toMatchObject({ forgottenAtMs: clock.nowMs(), trace: [] });
    expect(await journal.verify()).toEqual([]);
  });

  test('sums, differences, counts and what is found by token, order and bytes stay', async () => {
    const journal = await filled();
    const day = localDay('2025-01-05');
    if (day === undefined) throw new Error('no day');
    const seen = async () => ({
      report: await readDay(journal, day, { amountMinor: 5_000, currency: 'EUR' }),
      counts: await journal.counts(),
      unfinished: (await journal.unfinished()).map(({ paymentId }) => paymentId),
      awaiting: (await journal.awaitingRegistration(50)).map(({ paymentId }) => paymentId),
      byToken: (await journal.byToken('0000000001'))?.paymentId,
      byOrder: (await journal.byOrderId('registered-old', 9)).payments.map(({ state, decidedAtMs }) => [
        state,
        decidedAtMs,
      ]),
      last: (await journal.lastAsked())?.paymentId,
      isKept: await journal.orphanKept('01000001250', 0),
    });
    const before = await seen();
    await forgetAll(journal, OLD_MS + DAY_MS);
    expect(await seen()).toEqual(before);
  });

  test('a damaged one stays as it is, and is named; those behind it are forgotten', async () => {
    const over = store();
    const journal = await filled(over);
    const beforeMs = OLD_MS + DAY_MS;
    const oldest = { acceptedAtMs: OLD_MS, paymentId: 'old-0' };
    damageFactsOf(over, oldest.paymentId);
    const found = await journal.forgetOne(beforeMs);
    expect(found).toEqual({ ...oldest, damage: expect.stringContaining('payment old-0') });
    expect(await journal.forgetOne(beforeMs, found)).toEqual({ acceptedAtMs: OLD_MS, paymentId: 'old-1' });
    expect(await journal.forgetOne(beforeMs, found)).toEqual({ acceptedAtMs: OLD_MS, paymentId: 'old-2' });
    expect(await journal.forgetOne(beforeMs, found)).toBeUndefined();
    expect(over.factsOf(oldest.paymentId)[0]?.body).toContain('old-registered@example.org');
  });

  test('once only; a late answer of a forgotten payment is forgotten again', async () => {
    const journal = await filled();
    await forgetAll(journal, OLD_MS + DAY_MS);
    expect(await journal.forgetOne(OLD_MS + DAY_MS)).toBeUndefined();
    await journal.append('old-1', [answered('7', 'another'), traced('late@example.org')]);
    expect(await forgetAll(journal, OLD_MS + DAY_MS)).toBe(1);
    expect((await everything(journal)).join('\n')).not.toContain('late@example.org');
  });
});

describe('a store that cannot read a payment', () => {
  const reasons: FailureReason[] = ['damaged', 'io', 'in_use', 'full', 'read_only', 'no_access', 'newer', 'conflict'];

  test.each(reasons)('%s: only damage is passed over, as it stays', async (reason) => {
    const clock = new ManualClock();
    const store = new MemoryStore();
    const journal = journalOver(store, clock);
    for (const id of ['P1', 'P2']) await journal.append(id, [accepted(), notSent]);
    store.factsOf = () => {
      throw new StoreFailure(reason, 'as it happens');
    };
    const found = journal.forgetOne(clock.nowMs() + 1);
    if (reason !== 'damaged') return expect(found).rejects.toMatchObject({ code: '1107' });
    return expect(found).resolves.toMatchObject({
      paymentId: 'P1',
      damage: expect.stringContaining('is damaged (as it happens)'),
    });
  });
});
