import { request } from 'node:http';
import { type House, idOf, openHouse } from './support/house.ts';
import { basic } from './support/http-call.ts';
import { HurriedClock } from './support/hurried-clock.ts';
import { until } from './support/until.ts';

describe('an order is asked twice', () => {
  /** A slow customer pays once the test has seen enough. */
  const slowPaymentMs = 100_000;
  const clock = new HurriedClock(1);
  let house: House;
  beforeAll(async () => {
    house = await openHouse({ clock, terminal: { delays: { paymentMs: 200, slowPaymentMs } } });
  });
  afterAll(() => house.close());

  const charges = () => house.terminal.terminal.charges.length;

  test('at once: one charge, two equal answers', async () => {
    const before = charges();
    const order = { amount: 7.5, order_id: 'twins' };
    const [one, two] = await Promise.all([house.pay(order), house.pay(order)]);
    expect(one.body).toMatchObject({ paymentStatus: 'SUCCESS' });
    expect(two.body).toEqual(one.body);
    expect(charges()).toBe(before + 1);
  });

  test('later: the recorded result, spelt as asked now, and the terminal is left alone', async () => {
    const first = await house.pay({ amount: 8, order_id: 'again' });
    const before = charges();
    const again = await house.pay({ amount: '8,00', order_id: 'again' });
    const { paymentId } = first.body as { paymentId: string };
    expect(again.status).toBe(200);
    expect(again.body).toMatchObject({ paymentStatus: 'SUCCESS', amount: '8,00', replayed: true, paymentId });
    expect((again.body as { paidAt: string }).paidAt).toMatch(/^\d{4}-\d\d-\d\dT/);
    expect(charges()).toBe(before);
  });

  test('after a restart it is known all the same', async () => {
    const first = await house.pay({ amount: 9, order_id: 'kept' });
    const before = charges();
    await house.restart();
    const again = await house.pay({ amount: 9, order_id: 'kept' });
    expect(again.body).toMatchObject({ replayed: true, paymentId: idOf(first) });
    expect(charges()).toBe(before);
  });

  test('with another amount: 409, 1105, and nothing is charged', async () => {
    await house.pay({ amount: 10, order_id: 'other' });
    const before = charges();
    const other = await house.pay({ amount: 11, order_id: 'other' });
    expect(other.status).toBe(409);
    expect(other.body).toMatchObject({ errorCode: '1105', error: { errorCode: '1105', paymentStatus: 'FAILURE' } });
    expect((other.body as { errorDescription: string }).errorDescription).toContain('order_id_scope');
    expect(charges()).toBe(before);
  });

  test('longer ago than repeat_window: 409, 1109', async () => {
    await house.restart({ repeatWindowMs: 0 });
    await house.pay({ amount: 12, order_id: 'long ago' });
    const again = await house.pay({ amount: 12, order_id: 'long ago' });
    expect(again.status).toBe(409);
    expect(again.body).toMatchObject({ errorCode: '1109' });
    await house.restart();
  });

  test('two tills at once: one pays, the other is told so at once', async () => {
    const before = charges();
    house.terminal.terminal.next('slow');
    const paying = house.pay({ amount: 13, order_id: 'till 1' });
    await until(() => house.terminal.terminal.inTransaction);
    const other = await house.pay({ amount: 14, order_id: 'till 2' });
    expect(house.terminal.terminal.inTransaction).toBe(true);
    expect(other.status).toBe(409);
    expect(other.body).toMatchObject({ errorCode: '1104' });
    clock.leap(slowPaymentMs);
    expect((await paying).body).toMatchObject({ paymentStatus: 'SUCCESS' });
    expect(charges()).toBe(before + 1);
  });

  test('the till hangs up during the payment: it goes on, and the same request fetches its result', async () => {
    const before = charges();
    const order = { amount: 15, order_id: 'hung up' };
    const till = request({
      port: house.service.port,
      method: 'POST',
      path: '/order',
      headers: { authorization: basic('log', 'pwd'), 'content-type': 'application/json' },
    });
    till.on('error', () => {});
    till.end(JSON.stringify(order));
    await until(() => house.terminal.terminal.inTransaction);
    till.destroy();
    const fetched = await house.pay(order);
    expect(fetched.body).toMatchObject({ paymentStatus: 'SUCCESS', orderId: 'hung up' });
    expect(charges()).toBe(before + 1);
  });
});
