import { describe, expect, test } from '@jest/globals';
import { type Awaited, Centre, heard } from './centre.fixture.ts';
import { centreLimits } from './centre-limits.ts';
import type { DeskResult } from './desk-result.ts';

const TIMEOUT_MS = 180_000;

/** A centre whose last payment, of order A, is in doubt. */
async function inDoubt(): Promise<Centre> {
  const centre = new Centre({ settings: { paymentTimeoutMs: TIMEOUT_MS } });
  const first = await centre.ask({ orderId: 'A' });
  await centre.pass(TIMEOUT_MS);
  expect(heard(first)).toBe('unknown 1001');
  return centre;
}

/** The result has reached an open socket. */
function tell({ value }: Awaited<DeskResult>): void {
  value?.told?.();
}

describe('rule 2: a sale that looks like one in doubt', () => {
  test('the first other order of the same money gets 1110, which names the one in doubt', async () => {
    const centre = await inDoubt();
    const twin = await centre.ask({ orderId: 'B' });
    expect(heard(twin)).toBe('declined 1110');
    expect(twin.value).toMatchObject({ about: { orderId: 'A', amountMinor: 1250 } });
    expect(centre.terminal.frames).toHaveLength(1);
  });

  test('so does every one within 5 s, and none from then on, whatever its order_id', async () => {
    const centre = await inDoubt();
    await centre.ask({ orderId: 'B' });
    await centre.pass(centreLimits.twinSaleHeldMs - 1);
    expect(heard(await centre.ask({ orderId: 'B' }))).toBe('declined 1110');
    await centre.pass(1);
    expect(heard(await centre.ask({ orderId: 'C' }))).toBe('waits');
    expect(centre.terminal.frames).toHaveLength(2);
  });

  test('it is known again after a restart', async () => {
    const again = await (await inDoubt()).restart();
    expect(heard(await again.ask({ orderId: 'B' }))).toBe('declined 1110');
  });

  test.each([{ amountMinor: 1251 }, { currency: 'USD' }, { transactionType: 'Credit' as const }])(
    'other money (%j) goes through at once',
    async (differs) => {
      const centre = await inDoubt();
      expect(heard(await centre.ask({ orderId: 'B', ...differs }))).toBe('waits');
    },
  );

  test('once it is settled by a late answer, the next sale goes through', async () => {
    const centre = await inDoubt();
    await centre.answer();
    expect(heard(await centre.ask({ orderId: 'B' }))).toBe('waits');
  });
});

describe('rule 2: a late approval while a new payment is opening', () => {
  test('ends the new one before its frame: not sent, 1110, naming the one that was approved', async () => {
    const centre = await inDoubt();
    const { token, amountMinor } = centre.terminal.frames[0] as { token: string; amountMinor: number };
    centre.terminal.isSlow = true;
    const next = await centre.ask({ orderId: 'B', amountMinor: 99 });
    await centre.answer({ privateData: token, amountMinor });
    expect(heard(next)).toBe('declined 1110');
    expect(next.value).toMatchObject({ about: { orderId: 'A', amountMinor: 1250, paidAtMs: expect.any(Number) } });
    expect(centre.terminal.frames).toHaveLength(1);
    expect(await centre.payment(2)).toMatchObject({ state: 'not_sent', code: '1110' });
  });

  test('asked again it is another sale, and goes through', async () => {
    const centre = await inDoubt();
    const { token, amountMinor } = centre.terminal.frames[0] as { token: string; amountMinor: number };
    centre.terminal.isSlow = true;
    const next = await centre.ask({ orderId: 'B', amountMinor: 99 });
    await centre.answer({ privateData: token, amountMinor });
    tell(next);
    centre.terminal.isSlow = false;
    expect(heard(await centre.ask({ orderId: 'B', amountMinor: 99 }))).toBe('waits');
    expect(centre.terminal.frames).toHaveLength(2);
  });

  test('rule 4: where nobody heard that, it is told again, and only then it is another sale', async () => {
    const centre = await inDoubt();
    const { token, amountMinor } = centre.terminal.frames[0] as { token: string; amountMinor: number };
    centre.terminal.isSlow = true;
    await centre.ask({ orderId: 'B', amountMinor: 99 });
    await centre.answer({ privateData: token, amountMinor });
    centre.terminal.isSlow = false;
    expect(await centre.payment(2)).not.toHaveProperty('toldAtMs');
    const again = await centre.ask({ orderId: 'B', amountMinor: 99 });
    expect(heard(again)).toBe('not_sent 1110 again');
    expect(centre.terminal.frames).toHaveLength(1);
    tell(again);
    expect(heard(await centre.ask({ orderId: 'B', amountMinor: 99 }))).toBe('waits');
  });
});
