import { AUTHORIZATION, clock, FORM, gateway, get, post, postFault } from './simulated-gateway.fixture.ts';

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
});
