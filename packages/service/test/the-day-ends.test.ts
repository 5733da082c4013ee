import { type House, openHouse } from './support/house.ts';
import { HurriedClock } from './support/hurried-clock.ts';
import { PAYMENT_TIMEOUT_MS, payInSilence } from './support/pay-in-silence.ts';
import { until } from './support/until.ts';

interface Report {
  totals: Record<string, { count: number; amount: string }>[];
  differences: { kind: string; orderId?: string; sentence: string }[];
  payments: { orderId: string }[];
  terminal: { agrees: boolean; gap: string; explanations: string[] };
}

describe('I12: the day ends', () => {
  const clock = new HurriedClock(1);
  let house: House;

  beforeAll(async () => {
    house = await openHouse({
      clock,
      config: { paymentTimeoutMs: PAYMENT_TIMEOUT_MS, allowedTransactionTypes: ['Debit', 'Credit'] },
      terminal: { privateField: 'opaque' },
    });
    await house.pay({ amount: 10, order_id: 'good' });
    await house.pay({ amount: '20.50', order_id: '=good' });
    await house.pay({ amount: 4, order_id: 'back', transaction_type: 'Credit' });
    await house.pay({ amount: 100.02, order_id: 'refused' });
    await payInSilence(house, clock, 'silent');
    await house.pay({ amount: 100.14, order_id: 'tip' });
    // The till is told of its doubt before the answer that brought it is kept as nobody's.
    await until(async () => ((await house.call({ path: '/orphans' })).body as { items: unknown[] }).items.length > 0);
  });
  afterAll(() => house.close());

  const terminalTotal = () =>
    house.terminal.terminal.charges
      .filter(({ approved }) => approved)
      .reduce((sum, { amountMinor, type }) => sum + (type === '1' ? -amountMinor : amountMinor), 0);
  const report = async (query = '') => (await house.call({ path: `/report${query}` })).body as Report;

  test('what was asked, answered and registered, to the cent, and each difference', async () => {
    const { totals, differences, payments } = await report();
    expect(totals).toMatchObject([
      {
        ...{ currency: 'EUR', transactionType: 'Debit' },
        asked: { count: 5, amount: '330.71' },
        approved: { count: 2, amount: '30.50' },
        refused: { count: 1, amount: '100.02' },
        unknown: { count: 2, amount: '200.19' },
        registered: { count: 2, amount: '30.50' },
      },
      { transactionType: 'Credit', approved: { count: 1, amount: '4.00' } },
    ]);
    expect(differences.map(({ kind, orderId }) => [kind, orderId])).toEqual([
      ['unknown', 'silent'],
      ['unknown', 'tip'],
      ['orphan', undefined],
    ]);
    expect(payments.map(({ orderId }) => orderId)).toEqual(['good', '=good', 'back', 'refused', 'silent', 'tip']);
  });

  test("the terminal's own total: the gap is what nobody knows and what belongs to nobody", async () => {
    const { terminal } = await report(`?terminal_total=${(terminalTotal() / 100).toFixed(2)}`);
    expect(terminal).toMatchObject({ agrees: false, gap: '201.19' });
    expect(terminal.explanations).toEqual([expect.stringMatching(/^Two together, 100\.05 \+ 101\.14 = 201\.19: /)]);
    const alone = await report('?terminal_total=127,64');
    expect(alone.terminal.explanations).toEqual([
      expect.stringContaining('approved 101.14 EUR that belongs to no payment'),
    ]);
    expect((await report('?terminal_total=26.50')).terminal).toMatchObject({ agrees: true, gap: '0.00' });
  });

  test('for a spreadsheet', async () => {
    const { text, contentType } = await house.call({ path: '/report', headers: { accept: 'text/csv' } });
    expect(contentType).toMatch(/^text\/csv/);
    const lines = text.split('\r\n');
    expect(lines[0]).toMatch(/^record,day,time,payment_id,order_id,/);
    expect(lines.filter((line) => line.startsWith('payment,'))).toHaveLength(6);
    expect(lines.find((line) => line.includes('good') && line.includes('20.50'))).toContain(",'=good,");
    expect(lines.filter((line) => line.startsWith('difference:'))).toHaveLength(3);
    expect(lines.find((line) => line.startsWith('sum:approved'))).toContain(',30.50,');
  });

  test('a day without payments', async () => {
    expect(await report('?date=2020-02-29')).toMatchObject({ totals: [], differences: [], payments: [] });
  });

  test.each(['?date=2026-02-29', '?date=today', '?terminal_total=1.005', '?currency=euro', '?day=2026-01-05'])(
    '%s is refused',
    async (query) => {
      expect((await house.call({ path: `/report${query}` })).status).toBe(400);
    },
  );

  test('I15: the orphan is listed, and named in health', async () => {
    const orphan = { result: '0', amount: '101.14', currency: 'EUR', answer: expect.stringMatching(/^01000010114/) };
    const { body } = await house.call({ path: '/orphans' });
    expect(body).toMatchObject({ items: [orphan] });
    expect((await house.call({ path: '/health' })).body).toMatchObject({ attention: { orphans: [orphan] } });
    const { body: page } = await house.call({ path: '/orphans?limit=1' });
    const { next } = page as { next: string };
    expect((await house.call({ path: `/orphans?cursor=${next}` })).body).toEqual({ items: [] });
    expect((await house.call({ path: '/orphans?cursor=x' })).status).toBe(400);
  });

  test('I15: once somebody has looked at it, health names it no longer; it is kept, also over a restart', async () => {
    const acknowledge = (id: unknown, body: unknown) =>
      house.call({ method: 'POST', path: `/orphans/${id}/acknowledgement`, body });
    const { items } = (await house.call({ path: '/orphans' })).body as { items: { orphanId: number }[] };
    const { orphanId } = items[0] ?? { orphanId: 0 };
    const word = { note: 'card 4970101234567890, given back', by: 'Anna' };
    const acknowledged = { note: 'card 497010******7890, given back', by: 'Anna', at: expect.any(String) };
    for (const wrong of [{}, { note: ' ', by: 'Anna' }, { ...word, sure: true }, []]) {
      expect((await acknowledge(orphanId, wrong)).status).toBe(400);
    }
    for (const nobody of [0, orphanId + 1, 'x', '1e0']) expect((await acknowledge(nobody, word)).status).toBe(404);
    expect((await house.call({ path: '/health' })).body).toMatchObject({ journal: { orphans: 1 } });

    const answer = await acknowledge(orphanId, word);
    expect([answer.status, answer.body]).toEqual([200, { ...items[0], acknowledged }]);
    expect((await acknowledge(orphanId, word)).status).toBe(200);
    const other = await acknowledge(orphanId, { note: 'no', by: 'Bea' });
    expect([other.status, other.body]).toEqual([
      409,
      expect.objectContaining({ errorCode: '1111', errorDescription: expect.stringContaining('Anna acknowledged it') }),
    ]);

    await house.restart();
    const { body: health } = await house.call({ path: '/health' });
    expect(health).toMatchObject({ journal: { orphans: 0 }, attention: { orphans: [] } });
    expect(JSON.stringify((health as { problems: string[] }).problems)).not.toContain('belong to no payment');
    expect((await house.call({ path: '/orphans' })).body).toMatchObject({ items: [{ orphanId, acknowledged }] });
    expect((await house.call({ path: '/orphans?open=true' })).body).toEqual({ items: [] });
    expect((await house.call({ path: '/orphans?open=yes' })).status).toBe(400);
    const { differences } = await report();
    expect(differences.find(({ kind }) => kind === 'orphan')?.sentence).toContain('Anna');
  });
});
