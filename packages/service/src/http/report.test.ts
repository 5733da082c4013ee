import { describe, expect, test } from '@jest/globals';
import { DAY, HOUR_MS, handMade, MIDNIGHT_MS, NEXT, paid, Shop, type Sums } from '../../test/support/made-up-shop.ts';
import { told, unclear } from '../payments/payment.fixture.ts';

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
    [
      6290,
      { gap: '0.01', agrees: false, explanations: [], unexplained: expect.stringContaining('explains it, nor do two') },
    ],
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
    expect(
      differences.map((row) => [row.record, row.payment_id, row.taken || row.asked, row.currency, row.text]),
    ).toEqual(
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
