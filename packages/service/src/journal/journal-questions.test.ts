import { ManualClock } from '@hipay-ecr/shared/manual-clock.ts';
import { describe, expect, test } from '@jest/globals';
import { Ages } from '../payments/ages.ts';
import { centreLimits } from '../payments/centre-limits.ts';
import type { FactBody } from '../payments/fact.ts';
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
import { testJournals } from './journals.fixture.ts';
import { MemoryStore } from './memory-store.ts';

const { keep, kinds } = testJournals();

describe.each(kinds)('a journal %s', (_where, open) => {
  test('finds payments by their token, blank ones never', async () => {
    const journal = keep(await open());
    await journal.append('P1', [accepted(), asked('0000000001')]);
    await journal.append('P2', [accepted(), asked('')]);
    await journal.append('P3', [accepted(), asked('')]);
    expect(await journal.byToken('0000000001')).toMatchObject({ paymentId: 'P1' });
    expect(await journal.byToken('')).toBeUndefined();
    expect(await journal.byToken('0000000002')).toBeUndefined();
  });

  test('finds a payment by the key it was begun with, and by those of requests that were given its result', async () => {
    const journal = keep(await open());
    await journal.append('P1', [accepted({ idempotencyKey: 'k' }), asked('0000000001'), answered('0')]);
    const give = (idempotencyKey: string): FactBody => ({ kind: 'keyed', idempotencyKey });
    await journal.append('P1', [give('other'), give('third')]);
    await journal.append('P2', [accepted(), notSent, give('other')]);
    await journal.append('P3', [accepted({ idempotencyKey: 'third' }), notSent]);
    expect(await journal.byIdempotencyKey('k')).toMatchObject({ paymentId: 'P1' });
    expect(await journal.byIdempotencyKey('other')).toMatchObject({ paymentId: 'P1', otherKeys: ['other', 'third'] });
    expect(await journal.byIdempotencyKey('third')).toMatchObject({ paymentId: 'P3' });
    expect(await journal.byIdempotencyKey('none')).toBeUndefined();
  });

  test('knows which payment was asked last, whatever happened to others since', async () => {
    const journal = keep(await open());
    expect(await journal.lastAsked()).toBeUndefined();
    await journal.append('P2', [accepted(), asked('0000000002')]);
    await journal.append('P1', [accepted(), asked('0000000001')]);
    await journal.append('P3', [accepted(), notSent]);
    await journal.append('P2', [answered('0')]);
    expect(await journal.lastAsked()).toMatchObject({ paymentId: 'P1' });
  });

  test('gives the payments of an order, newest first', async () => {
    const journal = keep(await open());
    for (const paymentId of ['P1', 'P2', 'P3']) await journal.append(paymentId, [accepted({ orderId: 'A' })]);
    await journal.append('P4', [accepted({ orderId: 'B' })]);
    const ids = (await journal.byOrderId('A', 2)).payments.map(({ paymentId }) => paymentId);
    expect(ids).toEqual(['P3', 'P2']);
    expect(await journal.byOrderId('C', 2)).toEqual({ payments: [], isOneLeftOut: false });
  });

  test('gives the payments of an order whole, but for those before the latest that took nothing', async () => {
    const journal = keep(await open());
    await journal.append('P1', [accepted(), asked('0000000001'), answered('0'), { kind: 'told' }]);
    await journal.append('P2', [accepted(), notSent]);
    const stoodStill = { bootAtMs: 1_000, bootId: 'boot-1', wallAtMs: 0 };
    await journal.append('P3', [{ ...accepted(), ...stoodStill } as FactBody, asked('0000000003'), unclear]);
    await journal.append('P4', [accepted(), notSent]);
    const payments = await Promise.all(['P4', 'P3', 'P1'].map((paymentId) => journal.payment(paymentId)));
    expect(payments[1]).toMatchObject({ bootAtMs: 1_000, bootId: 'boot-1', timesStoodStill: true });
    expect(await journal.byOrderId('order-1', 9)).toEqual({ payments, isOneLeftOut: false });
  });

  test('gives what recovery looks at, and counts what people look at', async () => {
    const journal = keep(await open());
    await journal.append('P1', [accepted()]);
    await journal.append('P2', [accepted(), asked('0000000002')]);
    await journal.append('P3', [accepted(), asked('0000000003'), unclear]);
    await journal.append('P4', [accepted(), asked('0000000004'), answered('0')]);
    await journal.append('P5', [accepted(), asked('0000000005'), answered('0'), registering(1)]);
    await journal.append('P6', [accepted(), asked('0000000006'), answered('0'), registering(1), registered]);
    await journal.append('P7', [accepted(), asked('0000000007'), answered('0'), parked]);
    await journal.append('P8', [accepted(), asked('0000000008'), answered('7'), answered('0')]);
    await journal.appendOrphan(anOrphan('bytes'));
    expect((await journal.unfinished()).map(({ paymentId }) => paymentId)).toEqual(['P1', 'P2']);
    expect((await journal.awaitingRegistration(9)).map(({ paymentId }) => paymentId)).toEqual(['P4', 'P5', 'P8']);
    expect((await journal.awaitingRegistration(1)).map(({ paymentId }) => paymentId)).toEqual(['P4']);
    expect(await journal.counts()).toEqual({ unknown: 1, awaitingRegistration: 3, parked: 1, alarms: 1, orphans: 1 });
  });

  test('lists page by page, undisturbed by what is added meanwhile', async () => {
    const journal = keep(await open());
    const paymentIds = Array.from({ length: 7 }, (_, i) => `P${i}`);
    for (const paymentId of paymentIds) await journal.append(paymentId, [accepted()]);
    const seen: string[] = [];
    for (let cursor: string | undefined, pages = 0; pages === 0 || cursor !== undefined; pages += 1) {
      const page = await journal.list({ limit: 3, ...(cursor === undefined ? {} : { cursor }) });
      seen.push(...page.items.map(({ paymentId }) => paymentId));
      cursor = page.next;
      await journal.append(`Q${pages}`, [accepted()]);
    }
    expect(seen).toEqual(paymentIds.reverse());
  });

  test('lists by order, state and time together', async () => {
    const journal = keep(await open());
    await journal.append('P1', [accepted({ orderId: 'A' }), asked('0000000001'), unclear]);
    await journal.append('P2', [accepted({ orderId: 'A' }), notSent]);
    await journal.append('P3', [accepted({ orderId: 'B' }), asked('0000000003'), unclear]);
    const atMs = (await journal.payment('P3'))?.acceptedAtMs ?? 0;
    const ids = async (filter: object) => {
      const { items, next } = await journal.list({ limit: 9, ...filter });
      expect(next).toBeUndefined();
      return items.map(({ paymentId }) => paymentId);
    };
    expect(await ids({})).toEqual(['P3', 'P2', 'P1']);
    expect(await ids({ orderId: 'A' })).toEqual(['P2', 'P1']);
    expect(await ids({ outcome: 'unknown' })).toEqual(['P3', 'P1']);
    expect(await ids({ orderId: 'A', outcome: 'unknown' })).toEqual(['P1']);
    expect(await ids({ fromMs: atMs + 1 })).toEqual([]);
    expect(await ids({ fromMs: atMs, toMs: atMs + 1 })).toContain('P3');
    expect(await ids({ toMs: atMs })).not.toContain('P3');
  });

  test('says so where a cursor is none of its own', async () => {
    const journal = keep(await open());
    const list = journal.list({ limit: 1, cursor: 'nonsense' });
    await expect(list).rejects.toMatchObject({ code: '1100', message: expect.stringContaining("'nonsense'") });
  });
});

describe('a journal of years', () => {
  class CountingStore extends MemoryStore {
    factsRead = 0;
    override factsOf(paymentId: string) {
      this.factsRead += 1;
      return super.factsOf(paymentId);
    }
  }

  test('reads one payment to tell how an order stands, and none to tell that none in these words is untold', async () => {
    const store = new CountingStore();
    const clock = new ManualClock();
    const journal = journalOver(store, clock);
    for (let day = 1; day <= 400; day++) {
      clock.advance(24 * 3600_000);
      const token = String(day).padStart(10, '0');
      await journal.append(`P${day}`, [accepted(), asked(token), answered('0'), { kind: 'told' }]);
    }
    clock.advance(24 * 3600_000);
    const restarted = keep(journalOver(store, clock));
    store.factsRead = 0;
    const counting = new Ages(clock).countingFor(centreLimits.orderDayMs);
    expect((await restarted.byOrderId('order-1', 50, counting)).payments).toMatchObject([{ paymentId: 'P400' }]);
    expect(store.factsRead).toBe(1);
    expect(await restarted.untoldByBody('digest')).toBeUndefined();
    expect(store.factsRead).toBe(1);
  });
});
