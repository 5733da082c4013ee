import { type House, idOf, openHouse, requestsTaken } from './support/house.ts';
import { until } from './support/until.ts';

const says = { note: 'the ticket says so', by: 'Anna' };

const settle = (house: House, paymentId: string, body: unknown) =>
  house.call({ method: 'POST', path: `/payments/${paymentId}/resolution`, body });

describe('rule 15: a person settles a payment in doubt', () => {
  let house: House;
  beforeAll(async () => {
    house = await openHouse({ config: { paymentTimeoutMs: 1_000 } });
  });
  afterAll(() => house.close());

  const settleHere = (paymentId: string, body: unknown) => settle(house, paymentId, body);
  /** The second may be over on a busy machine before the terminal is asked: nothing was sent then. */
  const silent = async (order_id: string): Promise<string> => {
    const answer = await house.pay({ amount: 100.05, order_id });
    return (answer.body as { outcome: string }).outcome === 'not_sent' ? silent(order_id) : idOf(answer);
  };

  test('approved: registered with HiPay, and the same order gets SUCCESS without a second charge', async () => {
    const paymentId = await silent('approved');
    const health = await house.call({ path: '/health' });
    expect(health.body).toMatchObject({
      attention: { unknown: [{ paymentId, orderId: 'approved', amount: '100.05' }] },
    });
    const answer = await settleHere(paymentId, { outcome: 'approved', ...says });
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({
      outcome: 'approved',
      settled: { outcome: 'approved', ...says, version: expect.any(Number) },
    });
    await until(() => house.gateway.orders().length === 1);
    expect(house.gateway.orders()).toMatchObject([{ orderId: 'approved', customData: { ecr_payment_id: paymentId } }]);
    const asked = requestsTaken(house.events).length;
    expect((await house.pay({ amount: 100.05, order_id: 'approved' })).body).toMatchObject({
      outcome: 'approved',
      replayed: true,
    });
    expect(requestsTaken(house.events)).toHaveLength(asked);
    expect((await house.call({ path: '/health' })).body).toMatchObject({ attention: { unknown: [] } });
  });

  test('a second settlement says who settled it and what to give; HiPay knows it by now, so it stays', async () => {
    const paymentId = await silent('second');
    const first = await settleHere(paymentId, { outcome: 'approved', ...says });
    const { version } = (first.body as { settled: { version: number } }).settled;
    await until(() => house.gateway.orders().some(({ orderId }) => orderId === 'second'));
    const second = await settleHere(paymentId, { outcome: 'refused', ...says });
    expect(second.status).toBe(409);
    expect(second.body).toMatchObject({
      errorCode: '1111',
      errorDescription: expect.stringMatching(`approved by Anna .*replaces: ${version}`),
    });
    const third = await settleHere(paymentId, { outcome: 'refused', ...says, replaces: version });
    expect(third.body).toMatchObject({ errorDescription: expect.stringContaining('can no longer be undone here') });
  });

  test('refused: not while the terminal spoke just now; once it was asked and is idle, it is', async () => {
    const paymentId = await silent('refused');
    const early = await settleHere(paymentId, { outcome: 'refused', ...says });
    expect(early.status).toBe(409);
    expect(early.body).toMatchObject({ errorDescription: expect.stringContaining('left alone for ten seconds') });
    expect(Number(early.headers['retry-after'])).toBeGreaterThan(0);
    await house.restart();
    let answer = await settleHere(paymentId, { outcome: 'refused', ...says });
    while (answer.status === 409) answer = await settleHere(paymentId, { outcome: 'refused', ...says });
    expect(answer.body).toMatchObject({ outcome: 'refused', errorCode: '1006' });
    const again = await settleHere(paymentId, {
      outcome: 'approved',
      ...says,
      replaces: (answer.body as { settled: { version: number } }).settled.version,
    });
    expect(again.body).toMatchObject({ outcome: 'approved' });
  });

  test.each([
    ['nothing', {}, ['outcome: found nothing', 'note: found nothing', 'by: found nothing']],
    ['a blank note', { outcome: 'approved', note: ' ', by: 'Anna' }, ['note: found " "']],
    [
      'another outcome',
      { outcome: 'unknown', ...says },
      ['outcome: found "unknown", expected "approved" or "refused"'],
    ],
    ['a long note', { outcome: 'approved', note: 'x'.repeat(501), by: 'Anna' }, ['note: found "xxx']],
    ['a wrong amount', { outcome: 'approved', ...says, amount: '1.005' }, ['amount: found "1.005"']],
    ['an unknown field', { outcome: 'approved', ...says, sure: true }, ['sure: unknown field; leave it out']],
    [
      'a misspelt field',
      { outcom: 'approved', ...says },
      ['outcom: unknown field; outcome may have been meant', 'outcome: found nothing (but outcom, which may have been'],
    ],
    ['no object', [], ['the body: found an empty array']],
  ])('%s is refused, and all that is wrong is named', async (_what, body, problems) => {
    const answer = await settleHere('01ARZ3NDEKTSV4RRFFQ69G5FAV', body);
    expect(answer.status).toBe(400);
    const { errorDescription } = answer.body as { errorDescription: string };
    for (const problem of problems) expect(errorDescription).toContain(problem);
    expect(errorDescription).toMatch(/Nothing was changed: correct what is named here, then ask again\.$/);
  });

  test('a payment that is not there: 404', async () => {
    const answer = await settleHere('nobody', { outcome: 'approved', ...says });
    expect(answer.status).toBe(404);
    expect(answer.body).toMatchObject({
      errorDescription: expect.stringContaining('there is no payment nobody, nor an order of that name'),
    });
  });

  test('I14: a card number in a note does not get into the journal', async () => {
    const paymentId = await silent('card');
    const answer = await settleHere(paymentId, { outcome: 'approved', note: 'card 4970101234567890 ok', by: 'Anna' });
    expect((answer.body as { settled: { note: string } }).settled.note).toBe('card 497010******7890 ok');
    expect((await house.call({ path: `/payments/${paymentId}` })).text).not.toContain('4970101234567890');
  });
});

describe('what a person sees and settles, with all the time that the terminal needs', () => {
  let house: House;
  beforeAll(async () => {
    // The customer of a slow payment stands there until the test has seen enough.
    house = await openHouse({ terminal: { delays: { paymentMs: 0, slowPaymentMs: 600_000 } } });
  });
  afterAll(() => house.close());

  const refusedOne = async (order_id: string) => idOf(await house.pay({ amount: 100.02, order_id }));

  test('a running payment is left alone', async () => {
    house.terminal.terminal.next('slow');
    const paying = house.pay({ amount: 5, order_id: 'running' });
    await until(() => house.terminal.terminal.inTransaction);
    const { items } = (await house.call({ path: '/payments?order_id=running' })).body as {
      items: { paymentId: string }[];
    };
    const answer = await settle(house, items[0]?.paymentId ?? '', { outcome: 'approved', ...says });
    expect(answer.status).toBe(409);
    expect(answer.body).toMatchObject({ errorDescription: expect.stringContaining('still running') });
    house.terminal.terminal.pressRedKey();
    expect((await paying).body).toMatchObject({ outcome: 'refused' });
  });

  test('another amount was taken: settled with it, HiPay is told it, and the till still gets no SUCCESS', async () => {
    const paymentId = idOf(await house.pay({ amount: 100.14, order_id: 'tip' }));
    await settle(house, paymentId, { outcome: 'approved', ...says });
    await until(() => house.gateway.orders().some(({ orderId }) => orderId === 'tip'));
    expect(house.gateway.orders().find(({ orderId }) => orderId === 'tip')).toMatchObject({ amount: '101.14' });
    expect((await house.pay({ amount: 100.14, order_id: 'tip' })).body).toMatchObject({
      paymentStatus: 'FAILURE',
      errorCode: '1005',
    });
  });

  test('the trace shows what went over the line, as JSON and as text', async () => {
    const paymentId = idOf(await house.pay({ amount: 6, order_id: 'traced' }));
    let trace = await house.call({ path: `/payments/${paymentId}/trace` });
    while ((trace.body as { lines: string[] }).lines.length === 0)
      trace = await house.call({ path: `/payments/${paymentId}/trace` });
    const { lines } = trace.body as { lines: string[] };
    expect(lines[0]).toMatch(/^\d\d:\d\d:\d\d\.\d{3} > ENQ$/);
    expect(lines.some((line) => /< STX "/.test(line))).toBe(true);
    const text = await house.call({ path: `/payments/${paymentId}/trace`, headers: { accept: 'text/plain' } });
    expect(text.text).toBe(lines.map((line) => `${line}\n`).join(''));
    expect((await house.call({ path: '/payments/nobody/trace' })).status).toBe(404);
  });

  test.each([
    ['POST', '/resolution', { outcome: 'approved', ...says }],
    ['POST', '/resend', {}],
    ['GET', '/trace', undefined],
    ['GET', '', undefined],
  ] as const)(
    'an order_id in place of the payment, %s %s: 404, and the payments that the order has',
    async (method, path, body) => {
      const ids = [await refusedOne('a b/c'), await refusedOne('a b/c')];
      const answer = await house.call({ method, path: `/payments/${encodeURIComponent('a b/c')}${path}`, body });
      expect(answer.status).toBe(404);
      const { errorDescription } = answer.body as { errorDescription: string };
      expect(errorDescription).toContain('there is no payment a b/c; that is an order_id: name one of its payments ');
      expect(errorDescription).toMatch(/\) instead\. Check what was asked for\.$/);
      for (const id of ids) expect(errorDescription).toContain(`${id} (refused)`);
    },
  );
});
