import { type House, idOf, openHouse } from './support/house.ts';
import { until } from './support/until.ts';

describe('rule 14: what is parked goes again by hand', () => {
  let house: House;
  beforeAll(async () => {
    house = await openHouse();
  });
  afterAll(() => house.close());

  test('one, and all of them; health lists each until then', async () => {
    house.gateway.faults.add({ kind: 'code', code: '3010001', times: 3 });
    const ids: string[] = [];
    for (const order_id of ['one', 'two', 'three']) ids.push(idOf(await house.pay({ amount: 7, order_id })));
    const health = async () => (await house.call({ path: '/health' })).body;
    // On a busy machine a till is told before HiPay has answered.
    await until(async () => ((await health()) as { outbox: { parked: number } }).outbox.parked === 3);
    expect(await health()).toMatchObject({ attention: { parked: ids.map((paymentId) => ({ paymentId })) } });

    const [first = ''] = ids;
    const one = await house.call({ method: 'POST', path: `/payments/${first}/resend`, body: { by: 'Anna' } });
    expect(one.status).toBe(200);
    await until(() => house.gateway.orders().length === 1);
    const again = await house.call({ method: 'POST', path: `/payments/${first}/resend`, body: {} });
    expect(again.status).toBe(409);
    const all = await house.call({ method: 'POST', path: '/payments/resend', body: { parked: true } });
    expect(all.body).toEqual({ resent: ids.slice(1), left: [] });
    await until(() => house.gateway.orders().length === 3);
    expect(house.gateway.orders().map(({ customData }) => customData.ecr_payment_id)).toEqual(ids);
    expect(await health()).toMatchObject({ attention: { parked: [] } });
  });

  test.each([{}, { parked: false }, { parked: true, all: true }])('%j is no such request', async (body) => {
    expect((await house.call({ method: 'POST', path: '/payments/resend', body })).status).toBe(400);
  });
});
