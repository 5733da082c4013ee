import { ManualClock } from '@hipay-ecr/shared/manual-clock.ts';
import { type SimulatedGateway, type SimulatedGatewayOptions, startSimulatedGateway } from './simulated-gateway.ts';

const FORM = {
  orderid: 'ORDER-1',
  eci: '10',
  description: 'POS payment',
  currency: 'EUR',
  amount: '10.23',
  payment_product: 'tpe',
  initialize_payment_terminal: '0',
  payment_product_parameters: JSON.stringify({ code: '200000', mid: '1234567', acquirer_registrationid: '1234567' }),
  custom_data: JSON.stringify({ ecr_payment_id: 'P', first: true, last: false, rank: 2 }),
  cid: '7',
  email: 'a@b.c',
};
const AUTHORIZATION = { Authorization: `Basic ${btoa('till:secret')}` };

const clock = new ManualClock(Date.UTC(2026, 0, 5, 9));
let gateway: SimulatedGateway;

async function start(options: Partial<SimulatedGatewayOptions> = {}): Promise<void> {
  await gateway?.close();
  gateway = await startSimulatedGateway({ port: 0, clock, ...options });
}
beforeEach(() => start());
afterAll(() => gateway.close());

function post(form: Record<string, string> = FORM, headers: Record<string, string> = AUTHORIZATION): Promise<Response> {
  return fetch(`${gateway.url}v1/order`, { method: 'POST', headers, body: new URLSearchParams(form) });
}
function get(path: string, headers: Record<string, string> = AUTHORIZATION): Promise<Response> {
  return fetch(`${gateway.apiUrl}${path}`, { headers });
}
function postFault(body: string): Promise<Response> {
  const headers = { 'Content-Type': 'application/json' };
  return fetch(`${gateway.apiUrl}simulator/faults`, { method: 'POST', headers, body });
}

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

describe('control', () => {
  test('the orders can be read back', async () => {
    await post();
    const { orders } = (await (await get('simulator/orders', {})).json()) as { orders: unknown };
    expect(orders).toEqual(gateway.orders());
    expect(orders).toMatchObject([
      { orderId: 'ORDER-1', amount: '10.23', customData: { ecr_payment_id: 'P', first: true } },
    ]);
  });

  test('a fault is set, shown and taken back', async () => {
    const response = await postFault('{"kind":"code","code":"1000008"}');
    expect(response.status).toBe(201);
    expect(await (await get('simulator/faults')).json()).toEqual({ faults: [{ kind: 'code', code: '1000008' }] });
    expect(await (await post()).json()).toMatchObject({ code: '1000008' });
    await fetch(`${gateway.apiUrl}simulator/faults`, { method: 'DELETE' });
    expect((await post()).status).toBe(200);
  });

  test('a fault that is none is refused in words', async () => {
    const response = await postFault('{"kind":"explode"}');
    expect(response.status).toBe(400);
    expect(await response.json()).toEqual({ message: expect.stringContaining('kind: found "explode"') });
    expect((await postFault('{')).status).toBe(400);
    expect((await postFault('')).status).toBe(400);
  });

  test('there is nothing else', async () => {
    expect((await get('')).status).toBe(404);
  });
});

describe('faults', () => {
  test('a delay comes before the answer, and lasts as long as it says', async () => {
    gateway.faults.add({ kind: 'delay', delayMs: 700, times: 1 });
    const answer = post();
    while (clock.untilNextMs === undefined) await new Promise((resolve) => setImmediate(resolve));
    expect(clock.untilNextMs).toBe(700);
    expect(gateway.orders()).toEqual([]);
    clock.advance(700);
    expect((await answer).status).toBe(200);
  });

  test('a refused connection counts connections, not requests', async () => {
    gateway.faults.add({ kind: 'refuse_connection', times: 1 });
    await expect(post(FORM, { ...AUTHORIZATION, Connection: 'close' })).rejects.toThrow();
    expect(gateway.orders()).toEqual([]);
    expect((await post()).status).toBe(200);
  });

  test('what only follows a booking waits for one', async () => {
    gateway.faults.add({ kind: 'drop_after_booking', times: 1 });
    expect((await post({ ...FORM, amount: '0' })).status).toBe(400);
    await expect(post()).rejects.toThrow();
    expect(gateway.orders()).toHaveLength(1);
    expect(await (await post()).json()).toMatchObject({ code: '3010004' });
  });

  test.each([
    [{ kind: 'http_500_html' } as const, 500, '<h1>Internal Server Error</h1>'],
    [{ kind: 'http_status', status: 429 } as const, 429, ''],
  ])('%j', async (fault, status, text) => {
    gateway.faults.add(fault);
    const response = await post();
    expect(response.status).toBe(status);
    expect(await response.text()).toContain(text);
    expect(gateway.orders()).toEqual([]);
  });
});

test('closing ends answers that never come', async () => {
  gateway.faults.add({ kind: 'timeout_after_booking' });
  const answer = post();
  while (gateway.orders().length === 0) await new Promise((resolve) => setImmediate(resolve));
  await Promise.all([expect(answer).rejects.toThrow(), gateway.close()]);
  gateway = await startSimulatedGateway({ port: 0, clock });
});

test('a port in use is an error', async () => {
  const port = Number(new URL(gateway.url).port);
  await expect(startSimulatedGateway({ port, clock })).rejects.toThrow('EADDRINUSE');
});
