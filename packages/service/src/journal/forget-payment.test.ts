import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ManualClock } from '@hipay-ecr/shared/manual-clock.ts';
import { afterEach, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { FactBody } from '../payments/fact.ts';
import { localDay } from '../payments/local-day.ts';
import { readDay } from '../payments/read-day.ts';
import { StoreFailure } from './failure-reason.ts';
import {
  accepted,
  anOrder,
  answered,
  asked,
  damageFactsOf,
  notSent,
  parked,
  registered,
  registering,
  TestFolders,
  unclear,
} from './journal.fixture.ts';
import { journalOver, type KeptJournal } from './journal.ts';
import { journalFile } from './journal-files.ts';
import { MemoryStore } from './memory-store.ts';
import { SqliteStore } from './sqlite-store.ts';

const DAY_MS = 24 * 3600_000;
const OLD_MS = Date.UTC(2025, 0, 5, 12);
const folders = new TestFolders();
const opened: KeptJournal[] = [];
afterEach(async () => {
  for (const journal of opened.splice(0)) await journal.close();
  folders.removeAll();
});

/** A sale to a customer of its own, who is found again by his address; a large cart does not fit on one page. */
function saleTo(email: string, orderId: string, lines = 1): FactBody {
  const cart = Array.from({ length: lines }, (_, n) => ({ name: `${n} for ${email}` }));
  const personal = { cart, customer: { email }, customData: { address: email } };
  return accepted(anOrder({ orderId, ...personal, sent: { amount: 12.5, ...personal }, bodyDigest: 'f'.repeat(64) }));
}

const traced = (email: string): FactBody => ({ kind: 'traced', lines: [`< STX "${email}"`, '> ACK'] });
const told: FactBody = { kind: 'told' };

async function forgetAll(journal: KeptJournal, beforeMs: number): Promise<number> {
  for (let count = 0; ; count += 1) if (!(await journal.forgetOne(beforeMs))) return count;
}

const stores: [string, () => MemoryStore | SqliteStore][] = [
  ['in memory', () => new MemoryStore()],
  ['in a file', () => new SqliteStore(journalFile(folders.make()), 'writer')],
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
    opened.push(journal);
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
      byOrder: (await journal.byOrderId('registered-old', 9)).map(({ state, decidedAtMs }) => [state, decidedAtMs]),
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

describe('nothing of a customer is left in the data folder', () => {
  test('not in the file, not in its log; of those that are not old all is left', async () => {
    const folder = folders.make();
    const clock = new ManualClock();
    const journal = journalOver(new SqliteStore(journalFile(folder), 'writer'), clock);
    opened.push(journal);
    const many = 120;
    const email = (n: number) => `customer-${n}-of-the-shop@example.org`;
    for (let n = 0; n < many; n += 1) {
      clock.setWall(OLD_MS + n * 60_000);
      const id = String(n).padStart(4, '0');
      // Of every size: on one page, on several, and so large that nothing of it is on the page of its row.
      await journal.append(id, [saleTo(email(n), id, [1, 20, 300][n % 3]), asked(`100000${id}`)]);
      const end =
        n % 4 === 0 ? [unclear] : [answered('0', `01000001250${email(n)}`.padEnd(90)), registering(1), registered];
      await journal.append(id, end);
      await journal.append(id, [told, traced(email(n))]);
      if (n % 25 === 0) await journal.maintain();
    }
    const young = 40;
    const beforeMs = OLD_MS + (many - young) * 60_000;
    expect(await forgetAll(journal, beforeMs)).toBe(60);
    // What was in doubt lay between them, and is settled one by one.
    for (let n = 0; n < many - young; n += 4) {
      await journal.append(String(n).padStart(4, '0'), [{ kind: 'settled', outcome: 'refused', note: 'n', by: 'b' }]);
      expect(await forgetAll(journal, beforeMs)).toBe(1);
    }
    await journal.maintain();
    expect(await journal.clearLog()).toBe(true);
    const bytes = Buffer.concat(readdirSync(folder).map((name) => readFileSync(join(folder, name))));
    const found = Array.from({ length: many }, (_, n) => n).filter((n) => bytes.includes(email(n)));
    expect(found).toEqual(Array.from({ length: young }, (_, n) => many - young + n));
    expect(await journal.verify()).toEqual([]);
  });

  test('while somebody reads, the log cannot be emptied, and that is told', async () => {
    const folder = folders.make();
    const store = new SqliteStore(journalFile(folder), 'writer');
    const journal = journalOver(store, new ManualClock(OLD_MS));
    opened.push(journal);
    await journal.append('P1', [saleTo('read@example.org', 'A'), notSent]);
    const reader = new SqliteStore(journalFile(folder), 'reader');
    const emptied = reader.atOneMoment(() => {
      reader.row('P1');
      store.rowToForget(Number.MAX_SAFE_INTEGER);
      return store.clearLog();
    });
    expect(emptied).toBe(false);
    reader.close();
    expect(await journal.clearLog()).toBe(true);
  });
});

describe('a crash in the middle of forgetting', () => {
  const clock = new ManualClock();

  test('whichever commit fails, and however: the journal verifies, and the rest is forgotten after it', async () => {
    const fault = fc.constantFrom('write', 'sync', 'sync_but_keep');
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 6 }), fault, async (failing, at) => {
        let commits = 0;
        const hit = () => ++commits === failing;
        const store = new MemoryStore();
        const journal = journalOver(store, clock);
        clock.setWall(OLD_MS);
        for (let n = 0; n < 6; n += 1) await journal.append(`P${n}`, [saleTo(`c${n}@example.org`, `O${n}`), notSent]);
        const faulty = store.crash({
          faults:
            at === 'write'
              ? { beforeWrite: () => void (hit() && fail()) }
              : { beforeSync: () => (hit() ? (at === 'sync' ? fail() : 'fail_but_keep') : undefined) },
        });
        await expect(forgetAll(journalOver(faulty, clock), OLD_MS + 1)).rejects.toMatchObject({ code: '1107' });
        const next = journalOver(faulty.crash(), clock);
        expect(await next.verify()).toEqual([]);
        const found = at === 'sync_but_keep' ? failing : failing - 1;
        expect(await forgetAll(next, OLD_MS + 1)).toBe(6 - found);
        const { items } = await next.list({ limit: 9 });
        expect(items.map(({ order }) => order.customer)).toEqual(Array(6).fill({}));
        expect(await next.verify()).toEqual([]);
      }),
      { numRuns: 30 },
    );
  });
});

function fail(): never {
  throw new StoreFailure('full', 'no space left');
}
