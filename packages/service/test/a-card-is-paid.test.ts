import { DOCUMENTED_REQUEST } from './support/documented-request.ts';
import { type House, idOf, openHouse, requestsTaken } from './support/house.ts';

describe('a card is paid', () => {
  let house: House;
  beforeAll(async () => {
    house = await openHouse();
  });
  afterAll(() => house.close());

  test('by contact: the documented answer, the frame, the order at HiPay', async () => {
    const { customer, custom_data: customData } = DOCUMENTED_REQUEST;
    // The documentation's own cart does not add up to its amount.
    const cart = { ...DOCUMENTED_REQUEST.cart, unit_price: 10.23, total_amount: 10.23 };
    const answer = await house.pay({ ...DOCUMENTED_REQUEST, cart });

    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({
      paymentStatus: 'SUCCESS',
      notificationHipaySent: true,
      numberOfNotificationSent: 1,
      amount: '10,23',
      currency: 'EUR',
      orderId: 'Order_12345',
      transationType: 'Debit',
      transactionType: 'Debit',
      forceAuthorization: false,
      cart,
      customer,
      customData,
      outcome: 'approved',
      paymentApplication: '001',
    });
    expect(answer.body).not.toHaveProperty('errorCode');

    const frame = house.events
      .filter((event) => event.kind === 'line')
      .map(({ event }) => Buffer.from(event.bytes ?? []).toString('latin1'))
      .find((text) => text.includes('978'));
    expect(frame?.replace(/\d{10}(?=A010)/, 'TTTTTTTTTT').slice(1, 35)).toBe('0100001023010978TTTTTTTTTTA010B010');

    const [booked] = house.gateway.orders();
    expect(booked).toMatchObject({
      orderId: 'Order_12345',
      amount: '10.23',
      currency: 'EUR',
      merchantId: '1234567',
      operation: 'Authorization',
      customer: { ...customer, id: '283749291' },
      customData,
    });
    expect(booked?.customData).toHaveProperty('ecr_payment_id', idOf(answer));
    expect(booked?.basket).toMatchObject([
      { product_reference: 'NF-a1690', european_article_numbering: '4711892728946', total_amount: 10.23 },
    ]);
  });

  test('contactless: on the nfc contract', async () => {
    const answer = await house.pay({ amount: 100.01, order_id: 'contactless' });
    expect(answer.body).toMatchObject({ paymentStatus: 'SUCCESS', amount: 100.01, paymentApplication: '00B' });
    expect(house.gateway.orders().at(-1)).toMatchObject({ orderId: 'contactless', merchantId: '1234568' });
  });

  test('a cart that does not add up goes out empty, with a warning, and the card is paid all the same', async () => {
    const cart = [
      { product_reference: 'a', type: 'good', name: 'b', quantity: 1, unit_price: 2, tax_rate: 0, total_amount: 2 },
    ];
    const answer = await house.pay({ amount: 3, order_id: 'bad-cart', cart });
    expect(answer.body).toMatchObject({ paymentStatus: 'SUCCESS', cart });
    expect(house.gateway.orders().at(-1)).toMatchObject({ orderId: 'bad-cart', basket: [] });
    expect(house.logged.filter((line) => line.includes('cart') && line.includes('bad-cart'))).not.toHaveLength(0);
  });

  test.each([
    ['below the threshold', { amount: 49.99 }, '0'],
    ['exactly the threshold', { amount: 50 }, '1'],
    ['above the threshold', { amount: 50.01 }, '1'],
    ['forced by the till', { amount: 1, force_authorization: true }, '1'],
  ])('authorization, %s', async (name, order, forced) => {
    await house.pay({ ...order, order_id: name });
    expect(requestsTaken(house.events).at(-1)).toMatchObject({ authorization: `B01${forced}` });
  });

  test.each([
    [0.01, 1],
    [0.29, 29],
    [30.060000000000002, 3006],
    [19.99, 1999],
    [4.35, 435],
    [999999.99, 99999999],
    ['0,29', 29],
    ['1.1', 110],
    [7, 700],
  ])('amount %p reaches the terminal and HiPay to the cent', async (amount, minor) => {
    const answer = await house.pay({ amount, order_id: `amount ${amount}` });
    expect(answer.body).toMatchObject({ paymentStatus: 'SUCCESS', amount });
    expect(requestsTaken(house.events).at(-1)).toMatchObject({ amountMinor: minor });
    expect(Number(house.gateway.orders().at(-1)?.amount.replace('.', ''))).toBe(minor);
  });

  test.each([1.005, 1000000, 0, -5, '1e3', '10,2,3', null, true, '', [], {}])(
    'amount %p is refused, and says why',
    async (amount) => {
      const asked = requestsTaken(house.events).length;
      const answer = await house.pay({ amount });
      expect(answer.status).toBe(400);
      expect(answer.body).toMatchObject({ paymentStatus: 'FAILURE', errorCode: '1100' });
      expect((answer.body as { errorDescription: string }).errorDescription).toMatch(/amount.*(found|missing)/is);
      expect(requestsTaken(house.events)).toHaveLength(asked);
    },
  );

  test('what was paid is listed, with what went over the line, and no card number whole', async () => {
    const answer = await house.pay({ amount: 100.13, order_id: 'long answer' });
    expect(answer.body).toMatchObject({ paymentStatus: 'SUCCESS' });
    const list = await house.call({ path: '/payments?order_id=long%20answer' });
    expect(list.body).toMatchObject({ items: [{ orderId: 'long answer', outcome: 'approved', amount: '100.13' }] });
    const { paymentId } = answer.body as { paymentId: string };
    const shown = await house.call({ path: `/payments/${paymentId}` });
    expect(shown.text + list.text + house.logged.join('\n')).not.toMatch(/4970101234567890/);
    expect(shown.text).not.toContain('Test_hipay_password');
  });

  test('health is well: that no hash key is configured is a warning', async () => {
    const { body } = await house.call({ path: '/health' });
    expect(body).toMatchObject({
      ...{ status: 'ok', problems: [] },
      warnings: [expect.stringContaining('hipay_hash_key')],
    });
  });

  test('a till with only one contract registers on that one', async () => {
    const { contract } = { contract: { nfc: { paymentApplication: '00B', merchantId: '7654321', rank: '001' } } };
    await house.restart({ contract });
    await house.pay({ amount: 2, order_id: 'only one' });
    expect(house.gateway.orders().at(-1)).toMatchObject({ orderId: 'only one', merchantId: '7654321' });
  });
});
