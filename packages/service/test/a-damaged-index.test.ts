import { join } from 'node:path';
import { change, flip } from '../src/journal/journal-on-disk.fixture.ts';
import { type House, idOf, openHouse } from './support/house.ts';
import { HurriedClock } from './support/hurried-clock.ts';

describe("rule 19: the journal's index was damaged, and its facts were not", () => {
  let house: House;
  beforeEach(async () => {
    house = await openHouse();
  });
  afterEach(() => house.close());

  const asked = () => house.events.filter(({ kind }) => kind === 'request_taken').length;

  /** Stops the service, damages what its journal says of a payment before the last one, and starts it again. */
  async function damaged(harm: (folder: string) => void): Promise<void> {
    expect((await house.pay({ amount: 100.02, order_id: 'the last' })).body).toMatchObject({ outcome: 'refused' });
    house.service.stop('test');
    await house.service.stopped;
    harm(join(house.folder, 'data'));
    await house.restart();
  }

  test.each([
    ['payment_by_order', (folder: string) => flip(folder, 'payment_by_order', 'approved')],
    [
      'payment_by_order and payment',
      (folder: string) => ['payment_by_order', 'payment'].map((tree) => flip(folder, tree, 'approved')),
    ],
    ['the key in payment_by_order', (folder: string) => flip(folder, 'payment_by_order', 'paid')],
  ])('I2: an order that was paid is not sent to the terminal again: one bit in %s', async (_where, harm) => {
    expect((await house.pay({ amount: 12, order_id: 'paid' })).body).toMatchObject({ outcome: 'approved' });
    await damaged(harm);
    const again = await house.pay({ amount: 12, order_id: 'paid' });
    expect([again.status, again.body]).toEqual([503, expect.objectContaining({ errorCode: '1107' })]);
    expect(asked()).toBe(2);
    expect(house.logged.some((line) => line.includes("'tp-manager journal rebuild-index'"))).toBe(true);
  });

  test('a wrong state holds up the order that has it, once, and no other one', async () => {
    expect((await house.pay({ amount: 100.02, order_id: 'order 7' })).body).toMatchObject({ outcome: 'refused' });
    await damaged((folder) => change(folder, "UPDATE payment SET state = 'unknown' WHERE order_id = 'order 7'"));
    const again = await house.pay({ amount: 100.02, order_id: 'order 7' });
    expect([again.status, again.body]).toEqual([503, expect.objectContaining({ errorCode: '1107' })]);
    expect((await house.pay({ amount: 3, order_id: 'order 8' })).body).toMatchObject({ outcome: 'approved' });
    expect(asked()).toBe(3);
  });
});

test('rule 11: the payment that a number stood for yesterday is damaged; HiPay knows that one by the number all the same', async () => {
  const clock = new HurriedClock(1);
  const house = await openHouse({ clock });
  try {
    expect((await house.pay({ amount: 12, order_id: '1' })).body).toMatchObject({ notificationHipaySent: true });
    expect((await house.pay({ amount: 100.02, order_id: '2' })).body).toMatchObject({ outcome: 'refused' });
    house.service.stop('test');
    await house.service.stopped;
    change(join(house.folder, 'data'), "UPDATE fact SET body = body || ' ' WHERE kind = 'registered'");
    clock.leap(24 * 3600_000);
    await house.restart();
    const today = await house.pay({ amount: 8, order_id: '1' });
    expect(today.body).toMatchObject({ outcome: 'approved', notificationHipaySent: true });
    const own = `1-${idOf(today).slice(-9)}`;
    expect(house.gateway.orders().map(({ orderId }) => orderId)).toEqual(['1', own]);
  } finally {
    await house.close();
  }
});
