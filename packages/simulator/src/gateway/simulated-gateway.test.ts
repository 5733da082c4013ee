import { AUTHORIZATION, clock, FORM, gateway, get, post, start } from './simulated-gateway.fixture.ts';
import { startSimulatedGateway } from './simulated-gateway.ts';

describe('POST v1/order', () => {
  test('books it and answers in texts, as HiPay does', async () => {
    const response = await post();
    expect(response.status).toBe(200);
    const body = await response.json();
    expect(body).toMatchObject({
      state: 'completed',
      reason: '',
      test: 'true',
      transactionReference: '800000000001',
      dateCreated: '2026-01-05T09:00:00+0000',
      status: '116',
      message: 'Authorized',
      authorizedAmount: '10.23',
      capturedAmount: '0.00',
      customData: { ecr_payment_id: 'P', first: '1', last: '', rank: '2' },
      order: { id: 'ORDER-1', amount: '10.23', currency: 'EUR', customerId: '7', email: 'a@b.c' },
    });
    expect(JSON.stringify(body)).not.toMatch(/":(\d|true|false|null)/);
  });

  test('answers an error of HiPay for what is wrong', async () => {
    const response = await post({ ...FORM, amount: 'ten' });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ code: '1010205', description: expect.stringContaining('ten') });
    expect(gateway.orders()).toEqual([]);
  });

  test('does not read JSON: all parameters are missing', async () => {
    const headers = { ...AUTHORIZATION, 'Content-Type': 'application/json' };
    const response = await fetch(`${gateway.url}v1/order`, { method: 'POST', headers, body: JSON.stringify(FORM) });
    expect(await response.json()).toMatchObject({ code: '1010101' });
  });

  test('takes any credentials, but not none', async () => {
    const without = await post(FORM, {});
    expect(without.status).toBe(401);
    expect(await without.json()).toMatchObject({ code: '1000001' });
    expect((await post(FORM, { Authorization: `Basic ${btoa('till:')}` })).status).toBe(401);
    expect((await post(FORM, { Authorization: 'Bearer till' })).status).toBe(401);
  });

  test('takes only the configured credentials', async () => {
    await start({ credentials: { login: 'till', password: 'se:cret' } });
    expect((await post()).status).toBe(401);
    expect((await post(FORM, { Authorization: `Basic ${btoa('till:se:cret')}` })).status).toBe(200);
  });

  test('refuses a body that is too long, with a message and no page', async () => {
    const response = await post({ ...FORM, description: 'x'.repeat(3_000_000) });
    expect(response.status).toBe(413);
    expect(await response.json()).toEqual({ message: expect.stringContaining('too large') });
  });
});

describe('GET v1/transaction', () => {
  test('by order id and by reference', async () => {
    await post();
    const byOrder = await (await get('rest/v1/transaction?orderid=ORDER-1')).json();
    expect(byOrder).toMatchObject({ transaction: { transactionReference: '800000000001', order: { id: 'ORDER-1' } } });
    expect(await (await get('rest/v1/transaction/800000000001')).json()).toEqual(byOrder);
  });

  test('nothing for an order unknown, an error for a reference unknown', async () => {
    expect(await (await get('rest/v1/transaction?orderid=ORDER-1')).json()).toEqual({});
    const response = await get('rest/v1/transaction/1');
    expect(response.status).toBe(404);
    expect(await response.json()).toMatchObject({ code: '3000002' });
    expect((await get('rest/v1/transaction?orderid=ORDER-1', {})).status).toBe(401);
  });
});

describe('GET v1/ecr/versions/setup', () => {
  const path = 'v1/ecr/versions/setup?os=linux&type=concertv2';
  const headers = { 'x-authorization': AUTHORIZATION.Authorization };

  test('wants x-authorization, and has no version', async () => {
    expect((await get(path)).status).toBe(401);
    const response = await get(path, headers);
    expect(response.status).toBe(404);
    expect(await response.json()).toEqual({ message: 'There is no version for os=linux, type=concertv2.' });
  });

  test('gives the archive that was handed in', async () => {
    await start({
      setup: ({ os, type }) => (os === 'linux' && type === 'concertv2' ? new Uint8Array([80, 75, 3, 4]) : undefined),
    });
    const response = await get(path, headers);
    expect(response.headers.get('content-type')).toBe('application/zip');
    expect(response.headers.get('content-disposition')).toContain('setup-concertv2-linux.zip');
    expect([...new Uint8Array(await response.arrayBuffer())]).toEqual([80, 75, 3, 4]);
    expect((await get(path.replace('linux', 'windows_64'), headers)).status).toBe(404);
  });
});

test('a port in use is an error', async () => {
  const port = Number(new URL(gateway.url).port);
  await expect(startSimulatedGateway({ port, clock })).rejects.toThrow('EADDRINUSE');
});
