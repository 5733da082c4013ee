import { ManualClock } from '@hipay-ecr/shared/manual-clock.ts';
import { describe, expect, test } from '@jest/globals';
import { journalOver, type KeptJournal } from '../journal/journal.ts';
import { MemoryStore } from '../journal/memory-store.ts';
import type { FactBody } from '../payments/fact.ts';
import type { LocalDay } from '../payments/local-day.ts';
import type { Order } from '../payments/order.ts';
import {
  accepted,
  anOrder,
  answered,
  asked,
  DEVICE,
  notSent,
  parked,
  registered,
  registering,
  settled,
  told,
  unclear,
} from '../payments/payment.fixture.ts';
import { readDay } from '../payments/read-day.ts';
import type { TerminalTotal } from '../payments/terminal-total.ts';
import { reportJson } from './report-body.ts';
import { reportCsv } from './report-csv.ts';

const HOUR_MS = 3600_000;
const MIDNIGHT_MS = Date.UTC(2026, 0, 5);
const DAY: LocalDay = { date: '2026-01-05', fromMs: MIDNIGHT_MS, toMs: MIDNIGHT_MS + 24 * HOUR_MS };
const NEXT: LocalDay = { date: '2026-01-06', fromMs: DAY.toMs, toMs: DAY.toMs + 24 * HOUR_MS };

type Sums = Record<string, { count: number; amount: string }>;
interface Body {
  totals: ({ currency: string; transactionType: string } & Sums)[];
  differences: Record<string, string>[];
  payments: Record<string, string>[];
  terminal?: Record<string, unknown>;
}

/** A journal to which sales are added at given moments. */
class Shop {
  readonly clock = new ManualClock(MIDNIGHT_MS - 30 * 24 * HOUR_MS);
  readonly journal: KeptJournal = journalOver(new MemoryStore(), this.clock);
  #count = 0;

  async sells(atMs: number, order: Partial<Order>, ...later: [afterMs: number, ...facts: FactBody[]][]): Promise<void> {
    this.#count += 1;
    const paymentId = `P${String(this.#count).padStart(3, '0')}`;
    this.clock.setWall(atMs);
    const token = String(this.#count).padStart(10, '0');
    await this.journal.append(paymentId, [accepted(anOrder({ orderId: paymentId, ...order })), asked(token)]);
    for (const [afterMs, ...facts] of later) {
      this.clock.setWall(atMs + afterMs);
      await this.journal.append(paymentId, facts);
    }
  }

  async orphan(atMs: number, bytesMasked: string): Promise<void> {
    this.clock.setWall(atMs);
    await this.journal.appendOrphan({ bytesMasked, why: 'nobody asked for it', device: DEVICE });
  }

  async report(day: LocalDay, total?: TerminalTotal): Promise<{ body: Body; rows: Record<string, string>[] }> {
    const report = await readDay(this.journal, day, total);
    return { body: JSON.parse([...reportJson(report)].join('')), rows: rowsOf([...reportCsv(report)].join('')) };
  }
}

const paid = (amountTakenMinor: number, differs: object = {}): FactBody[] => [
  answered('0', { amountTakenMinor, ...differs }),
  registering(),
  registered,
  told,
];

/** A file whose cells hold no line breaks, as a spreadsheet reads it. */
function rowsOf(csv: string): Record<string, string>[] {
  const [names = [], ...rows] = csv
    .trimEnd()
    .split('\r\n')
    .map((line) => [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(([, q, plain]) => q ?? plain ?? ''));
  return rows.map((row) => Object.fromEntries(names.map((name, n) => [name, row[n]?.replaceAll('""', '"') ?? ''])));
}

/** A day made by hand: what each sale was, stands beside it. */
async function handMade(): Promise<Shop> {
  const shop = new Shop();
  const at = (hours: number) => MIDNIGHT_MS + hours * HOUR_MS;
  // Of the day before, approved after midnight: the terminal counts it today.
  await shop.sells(at(-0.01), { amountMinor: 1111 }, [60_000, ...paid(1111)]);
  await shop.sells(at(0), { amountMinor: 1001 }, [1_000, ...paid(1001)]);
  await shop.sells(at(9), { amountMinor: 2999 }, [1_000, ...paid(2999)]);
  await shop.sells(at(10), { amountMinor: 450, transactionType: 'Credit' }, [1_000, ...paid(450)]);
  await shop.sells(at(11), { amountMinor: 700, currency: 'USD' }, [1_000, ...paid(700, { currencyNumeric: '840' })]);
  await shop.sells(at(12), { amountMinor: 500 }, [1_000, answered('7'), told]);
  await shop.sells(at(13), { amountMinor: 600 }, [1_000, notSent, told]);
  await shop.sells(at(14), { amountMinor: 800 }, [180_000, unclear, told]);
  const parking: FactBody[] = [answered('0', { amountTakenMinor: 333 }), registering(), parked, told];
  await shop.sells(at(15), { amountMinor: 333 }, [1_000, ...parking]);
  await shop.sells(at(16), { amountMinor: 222 }, [1_000, answered('0', { amountTakenMinor: 222 }), told]);
  // A person says that it was paid with a tip.
  await shop.sells(
    at(17),
    { amountMinor: 900 },
    [180_000, unclear],
    [HOUR_MS, settled('approved', { amountTakenMinor: 950 })],
  );
  await shop.orphan(at(18), '01000000099B978ABCDEFGHIJ');
  // Asked for today, approved tomorrow.
  await shop.sells(at(23.999), { amountMinor: 1234 }, [60_000, ...paid(1234)]);
  await shop.sells(at(24), { amountMinor: 4444 }, [1_000, ...paid(4444)]);
  return shop;
}

describe('the end of a day made by hand, to the cent', () => {
  test('sums, by currency and direction', async () => {
    const { body } = await (await handMade()).report(DAY);
    const sums = body.totals.map(({ currency, transactionType, ...all }) => [
      `${currency} ${transactionType}`,
      Object.fromEntries(
        Object.entries(all as Sums).flatMap(([name, { count, amount }]) =>
          count > 0 ? [[name, `${count} ${amount}`]] : [],
        ),
      ),
    ]);
    expect(sums).toEqual([
      [
        'EUR Debit',
        {
          asked: '9 85.89',
          // 10.01 + 29.99 + 3.33 + 2.22 + 9.50 + 12.34
          approved: '6 67.39',
          refused: '1 5.00',
          notSent: '1 6.00',
          unknown: '1 8.00',
          registered: '3 52.34',
          waiting: '2 11.72',
          parked: '1 3.33',
        },
      ],
      ['EUR Credit', { asked: '1 4.50', approved: '1 4.50', registered: '1 4.50' }],
      ['USD Debit', { asked: '1 7.00', approved: '1 7.00', registered: '1 7.00' }],
    ]);
  });

  test('each difference, and none of a good payment', async () => {
    const { body } = await (await handMade()).report(DAY);
    expect(body.differences.map(({ kind, amount, currency }) => `${kind} ${amount} ${currency}`)).toEqual([
      'other_day 11.11 EUR',
      'unknown 8.00 EUR',
      'parked 3.33 EUR',
      'waiting 2.22 EUR',
      'other_amount 9.50 EUR',
      'settled_by_person 9.50 EUR',
      'not_told 9.50 EUR',
      'waiting 9.50 EUR',
      'orphan 0.99 EUR',
      'other_day 12.34 EUR',
    ]);
  });

  test.each([
    // What was approved and given back: 67.39 - 4.50.
    [6289, { journal: '62.89', gap: '0.00', agrees: true, explanations: [] }],
    [7400, { gap: '11.11', explanations: [expect.stringContaining('approved on this one')] }],
    [7089, { gap: '8.00', explanations: [expect.stringContaining('Nobody knows whether it was paid')] }],
    [6388, { gap: '0.99', explanations: [expect.stringContaining('belongs to no payment')] }],
    [5055, { gap: '-12.34', explanations: [expect.stringContaining('after the end of the day')] }],
    [5339, { gap: '-9.50', explanations: [expect.stringContaining('Anna settled it as approved')] }],
    [6290, { gap: '0.01', agrees: false, explanations: [] }],
  ])("the terminal's total of %d cents", async (amountMinor, says) => {
    const { body, rows } = await (await handMade()).report(DAY, { amountMinor, currency: 'EUR' });
    expect(body.terminal).toMatchObject({ currency: 'EUR', ...says });
    const [row] = rows.filter(({ record }) => record === 'terminal_total');
    expect(row).toMatchObject({ currency: 'EUR', taken: body.terminal?.total });
    expect(row?.text).toContain(`gap ${body.terminal?.gap}`);
  });

  test('of another currency, and none given', async () => {
    const shop = await handMade();
    const dollars = await shop.report(DAY, { amountMinor: 700, currency: 'USD' });
    expect(dollars.body.terminal).toMatchObject({ currency: 'USD', journal: '7.00', agrees: true });
    const none = await shop.report(DAY);
    expect(none.body).not.toHaveProperty('terminal');
    expect(none.rows.filter(({ record }) => record === 'terminal_total')).toEqual([]);
  });

  test('CSV and JSON say the same', async () => {
    const { body, rows } = await (await handMade()).report(DAY);
    const of = (record: string) => rows.filter((row) => row.record === record);
    expect(
      of('payment').map(({ payment_id, asked: was, outcome, taken }) => [payment_id, was, outcome, taken]),
    ).toEqual(body.payments.map((line) => [line.paymentId, line.asked, line.outcome, line.taken ?? '']));
    const differences = rows.filter(({ record }) => record?.startsWith('difference:'));
    expect(differences.map((row) => [row.record, row.payment_id, row.taken, row.currency, row.text])).toEqual(
      body.differences.map((one) => [
        `difference:${one.kind}`,
        one.paymentId ?? '',
        one.amount ?? '',
        one.currency ?? '',
        one.sentence,
      ]),
    );
    const sums = rows.filter(({ record }) => record?.startsWith('sum:'));
    const written = sums.map((row) => [
      row.currency,
      row.transaction_type,
      row.record,
      row.count,
      `${row.asked}${row.taken}`,
    ]);
    expect(written).toEqual(
      body.totals.flatMap(({ currency, transactionType, ...all }) =>
        Object.entries(all as Sums).map(([name, { count, amount }]) => [
          currency,
          transactionType,
          `sum:${name}`,
          String(count),
          amount,
        ]),
      ),
    );
  });

  test('every payment is on one day, and over midnight each day tells of the other', async () => {
    const shop = await handMade();
    const { body } = await shop.report(NEXT);
    expect(body.payments.map(({ asked: was }) => was)).toEqual(['44.44']);
    expect(body.differences.map(({ kind, amount }) => `${kind} ${amount}`)).toEqual(['other_day 12.34']);
  });

  test('an answer that the terminal owed over a long weekend is told of on the day it came', async () => {
    const shop = new Shop();
    await shop.sells(
      MIDNIGHT_MS - 90 * HOUR_MS,
      { amountMinor: 1500 },
      [180_000, unclear, told],
      [100 * HOUR_MS, ...paid(1500)],
    );
    const { body } = await shop.report(DAY);
    expect(body.differences.map(({ kind, amount }) => `${kind} ${amount}`)).toEqual(['other_day 15.00']);
  });
});

describe('days on which the clock is changed', () => {
  test.each([
    ['put on: 23 hours', Date.UTC(2026, 2, 28, 23), 23],
    ['put back: 25 hours', Date.UTC(2026, 9, 24, 22), 25],
  ])('%s, each payment on one day, from its first millisecond to its last', async (_what, fromMs, hours) => {
    const toMs = fromMs + hours * HOUR_MS;
    const shop = new Shop();
    const moments = [fromMs - 1, fromMs, fromMs + 1.5 * HOUR_MS, fromMs + 2.5 * HOUR_MS, toMs - 1, toMs];
    for (const [n, atMs] of moments.entries()) {
      await shop.sells(atMs, { amountMinor: 10 ** n }, [0, ...paid(10 ** n)]);
    }
    const days = [
      [fromMs - 24 * HOUR_MS, fromMs],
      [fromMs, toMs],
      [toMs, toMs + 24 * HOUR_MS],
    ] as const;
    const sums = await Promise.all(
      days.map(
        async ([from, to]) =>
          (await shop.report({ date: 'a day', fromMs: from, toMs: to })).body.totals[0]?.approved?.amount,
      ),
    );
    expect(sums).toEqual(['0.01', '111.10', '1000.00']);
  });
});
