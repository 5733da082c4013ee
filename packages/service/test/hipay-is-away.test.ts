import { ManualClock } from '@hipay-ecr/shared/manual-clock.ts';
import { freePort } from '@hipay-ecr/simulator/demo/free-port.ts';
import { startSimulatedGateway } from '@hipay-ecr/simulator/gateway/simulated-gateway.ts';
import { realClock } from '@hipay-ecr/simulator/real-clock.ts';
import { type House, idOf, openHouse } from './support/house.ts';
import { until } from './support/until.ts';

describe('HiPay is away', () => {
  let house: House;
  afterEach(() => house.close());

  test('the till gets SUCCESS without it; the registration waits, and goes out after a restart once HiPay is back', async () => {
    const port = await freePort();
    house = await openHouse({ config: { hipayGatewayUrl: `http://127.0.0.1:${port}/rest/` } });
    for (const order_id of ['first', 'second']) {
      const answer = await house.pay({ amount: 20, order_id });
      expect(answer.body).toMatchObject({
        paymentStatus: 'SUCCESS',
        notificationHipaySent: false,
        numberOfNotificationSent: 0,
      });
      expect(answer.body).not.toHaveProperty('errorCode');
    }
    const health = await house.call({ path: '/health' });
    expect(health.body).toMatchObject({ status: 'attention', hipay: { state: 'away' }, outbox: { waiting: 2 } });

    const gateway = await startSimulatedGateway({ port, clock: realClock });
    try {
      await house.restart();
      const stopping = house.logged.indexOf('Stopping. why="test"');
      const stopped = house.logged.findIndex((line) => line.startsWith('The service has stopped.'));
      expect(house.logged[stopped]).toMatch(
        /^The service has stopped\. tookMs=\d+ waitingForHipay=2 parked=0 unknown=0$/,
      );
      expect(stopping).toBeLessThan(stopped);
      // It is its last line: what follows is said by the next one.
      expect(house.logged[stopped + 1]).toMatch(/^No hipay_hash_key is configured/);
      await until(() => gateway.orders().length === 2);
      expect(
        gateway
          .orders()
          .map(({ orderId }) => orderId)
          .sort(),
      ).toEqual(['first', 'second']);
      const again = await house.pay({ amount: 20, order_id: 'first' });
      expect(again.body).toMatchObject({ replayed: true, notificationHipaySent: true, numberOfNotificationSent: 1 });
      expect(gateway.orders()).toHaveLength(2);
    } finally {
      await gateway.close();
    }
  });

  test('it is slow: the till is answered within notification_timeout, and it is registered once all the same', async () => {
    const clock = new ManualClock();
    const gateway = await startSimulatedGateway({ port: 0, clock });
    try {
      house = await openHouse({ config: { notificationTimeoutMs: 50, hipayGatewayUrl: gateway.url } });
      gateway.faults.add({ kind: 'delay', delayMs: 500, times: 1 });
      const answer = await house.pay({ amount: 21, order_id: 'slow' });
      expect(answer.body).toMatchObject({ paymentStatus: 'SUCCESS', notificationHipaySent: false });
      expect(gateway.orders()).toHaveLength(0);
      // The till may have its answer before HiPay has the order.
      await until(() => clock.step());
      await until(() => gateway.orders().length === 1);
      const paymentId = idOf(answer);
      for (;;) {
        const { body } = await house.pay({ amount: 21, order_id: 'slow' });
        if ((body as { notificationHipaySent: boolean }).notificationHipaySent) break;
      }
      expect(gateway.orders()).toMatchObject([{ orderId: 'slow', customData: { ecr_payment_id: paymentId } }]);
    } finally {
      await gateway.close();
    }
  });

  test('HiPay refuses the form with its cart: once more without', async () => {
    house = await openHouse();
    house.gateway.faults.add({ kind: 'code', code: '1010201', times: 1 });
    const cart = [
      { product_reference: 'a', type: 'good', name: 'b', quantity: 1, unit_price: 22, tax_rate: 0, total_amount: 22 },
    ];
    await house.pay({ amount: 22, order_id: 'cart', cart });
    await until(() => house.gateway.orders().length === 1);
    expect(house.gateway.orders()).toMatchObject([{ orderId: 'cart', basket: [] }]);
  });
});
