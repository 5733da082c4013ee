import { type House, openHouse, requestsTaken } from './support/house.ts';
import { HurriedClock } from './support/hurried-clock.ts';
import { PAYMENT_TIMEOUT_MS, payInSilence } from './support/pay-in-silence.ts';

describe('a payment fails, or is in doubt', () => {
  const clock = new HurriedClock(1);
  let house: House;
  beforeAll(async () => {
    house = await openHouse({ clock, config: { paymentTimeoutMs: PAYMENT_TIMEOUT_MS } });
  });
  afterAll(() => house.close());

  const tell = async (amount: number, orderId = `order ${amount}`) =>
    (await house.pay({ amount, order_id: orderId })).body;

  test('refused by the bank', async () => {
    const answer = await house.pay({ amount: 100.02, order_id: 'refused' });
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({
      paymentStatus: 'FAILURE',
      errorCode: '1006',
      outcome: 'refused',
      notificationHipaySent: false,
      numberOfNotificationSent: 0,
    });
    expect(house.gateway.orders().map(({ orderId }) => orderId)).not.toContain('refused');
  });

  test('refused and told: the same order is a new payment', async () => {
    house.terminal.terminal.next('refuse', 'approve');
    expect(await tell(12, 'twice')).toMatchObject({ outcome: 'refused' });
    expect(await tell(12, 'twice')).toMatchObject({ outcome: 'approved' });
  });

  test('abandoned: the answer has the amount zero', async () => {
    expect(await tell(100.03)).toMatchObject({ errorCode: '1006', outcome: 'refused' });
  });

  test.each([
    ['NAKed once', 100.08],
    ['with a bad checksum first', 100.1],
    ['in pieces', 100.11],
    ['after stray bytes', 100.12],
    ['answered long', 100.13],
  ])('%s: approved all the same, with one charge', async (_name, amount) => {
    const before = house.terminal.terminal.charges.length;
    expect(await tell(amount)).toMatchObject({ outcome: 'approved' });
    expect(house.terminal.terminal.charges).toHaveLength(before + 1);
  });

  test('NAKed three times: not sent, 1004', async () => {
    const before = requestsTaken(house.events).length;
    expect(await tell(100.09)).toMatchObject({ errorCode: '1004', outcome: 'not_sent' });
    expect(requestsTaken(house.events)).toHaveLength(before);
  });

  test('another amount was taken: unknown, never SUCCESS', async () => {
    const answer = await tell(100.14);
    expect(answer).toMatchObject({ paymentStatus: 'FAILURE', errorCode: '1005', outcome: 'unknown' });
    expect((answer as { errorDescription: string }).errorDescription).toMatch(
      /^Do not charge again.*101\.14.*100\.14/s,
    );
  });

  test('silence: unknown, told again as such, and no second frame', async () => {
    const { body: first } = await payInSilence(house, clock, 'silent');
    expect(first).toMatchObject({ paymentStatus: 'FAILURE', errorCode: '1001', outcome: 'unknown' });
    expect((first as { errorDescription: string }).errorDescription).toMatch(/^Do not charge again/);
    const asked = requestsTaken(house.events).length;
    expect(await tell(100.05, 'silent')).toMatchObject({ outcome: 'unknown', replayed: true });
    expect(requestsTaken(house.events)).toHaveLength(asked);
    const health = await house.call({ path: '/health' });
    expect(health.body).toMatchObject({ status: 'attention', unknownPayments: 2 });
  });
});

describe('a 7E1 terminal on a port set to 8N1', () => {
  let house: House;
  beforeAll(async () => {
    house = await openHouse();
  });
  afterAll(() => house.close());

  test('the first payment after opening finds the format, the next ones know it', async () => {
    house.terminal.terminal.next('seven-bits', 'seven-bits');
    expect((await house.pay({ amount: 5, order_id: 'first' })).body).toMatchObject({ outcome: 'approved' });
    const refusals = house.events.filter(({ kind }) => kind === 'request_refused').length;
    expect(refusals).toBe(2);
    expect((await house.pay({ amount: 6, order_id: 'second' })).body).toMatchObject({ outcome: 'approved' });
    expect(house.events.filter(({ kind }) => kind === 'request_refused')).toHaveLength(refusals);
  });
});

describe('a terminal that is not there', () => {
  let house: House;
  beforeAll(async () => {
    house = await openHouse();
  });
  afterAll(() => house.close());

  test('the service starts, says so, sends nothing, and finds it when it is plugged in', async () => {
    house.terminal.port.unplug();
    await house.restart();
    const absent = await house.pay({ amount: 3, order_id: 'absent' });
    expect(absent.body).toMatchObject({ errorCode: '1004', outcome: 'not_sent' });
    expect((absent.body as { errorDescription: string }).errorDescription).toContain(house.terminal.path);
    expect((await house.call({ path: '/health' })).status).toBe(503);

    await house.terminal.port.replug();
    let again = await house.pay({ amount: 3, order_id: 'absent' });
    while ((again.body as { outcome: string }).outcome === 'not_sent')
      again = await house.pay({ amount: 3, order_id: 'absent' });
    expect(again.body).toMatchObject({ outcome: 'approved' });
    expect(house.terminal.terminal.charges).toHaveLength(1);
  });
});
