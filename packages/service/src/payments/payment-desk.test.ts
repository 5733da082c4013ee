import { describe, expect, test } from '@jest/globals';
import { Centre, heard, PatientTill, watch } from './centre.fixture.ts';
import type { Order } from './order.ts';
import { anOrder } from './payment.fixture.ts';
import { settle } from './settle.fixture.ts';

const HOUR_MS = 3_600_000;

/** A payment from the request to the answer that the till has got. */
async function paid(centre: Centre, differs: Partial<Order> = {}): Promise<void> {
  const result = await centre.ask(differs);
  await centre.answer();
  if (result.value?.kind !== 'payment') throw new Error(`The till was told: ${heard(result)}.`);
  result.value.told();
  await settle();
}

describe('one terminal, one payment', () => {
  test('two orders at once: one is asked, the other is told 1104 at once, naming the one that runs', async () => {
    const centre = new Centre();
    const first = watch(centre.desk.submit(anOrder({ orderId: 'A' }), new PatientTill()));
    const second = watch(centre.desk.submit(anOrder({ orderId: 'B', amountMinor: 99 }), new PatientTill()));
    await settle();
    expect(heard(second)).toBe('declined 1104');
    expect(second.value).toMatchObject({ about: { orderId: 'A', amountMinor: 1250, currency: 'EUR' } });
    expect(heard(first)).toBe('waits');
    expect(centre.terminal.frames).toHaveLength(1);
    await centre.answer();
    expect(heard(first)).toBe('approved');
    expect(await centre.journal.byOrderId('B', 9)).toEqual([]);
  });

  test('a refused second order is never queued: it does not fire later', async () => {
    const centre = new Centre();
    await centre.ask({ orderId: 'A' });
    await centre.ask({ orderId: 'B' });
    await centre.answer();
    await centre.pass(HOUR_MS);
    expect(centre.terminal.frames).toHaveLength(1);
  });

  test('the same order twice at once: one charge, equal results', async () => {
    const centre = new Centre();
    const asking = () => watch(centre.desk.submit(anOrder(), new PatientTill()));
    const [first, second] = [asking(), asking()];
    await settle();
    expect([heard(first), heard(second)]).toEqual(['waits', 'waits']);
    await centre.answer();
    expect(centre.terminal.frames).toHaveLength(1);
    expect(centre.gateway.posts).toHaveLength(1);
    const told = [first, second].map(({ value }) => value?.kind === 'payment' && value.payment);
    expect(told[0]).toMatchObject({ state: 'approved', paymentId: 'PAYMENT-1' });
    expect(told[1]).toEqual(told[0]);
  });

  test('rule 1: the running order with other money: 1105, and the payment runs on', async () => {
    const centre = new Centre();
    const first = await centre.ask();
    expect(heard(await centre.ask({ amountMinor: 1251 }))).toBe('declined 1105');
    expect(heard(await centre.ask({ transactionType: 'Credit' }))).toBe('declined 1105');
    await centre.answer();
    expect(heard(first)).toBe('approved');
  });

  test('orders without an order_id are different sales, even with the same money', async () => {
    const centre = new Centre();
    await centre.ask({ orderId: 'made-1', orderIdGiven: false });
    expect(heard(await centre.ask({ orderId: 'made-1', orderIdGiven: false }))).toBe('declined 1104');
  });

  test('afterwards the desk is free', async () => {
    const centre = new Centre();
    await paid(centre, { orderId: 'A' });
    const next = await centre.ask({ orderId: 'B' });
    expect(heard(next)).toBe('waits');
    await centre.answer();
    expect(heard(next)).toBe('approved');
  });
});

describe('rule 1: asking twice never charges twice', () => {
  test('approved a short while ago: the same result again, without the terminal', async () => {
    const centre = new Centre();
    await paid(centre);
    await centre.pass(2 * HOUR_MS - 1_000);
    const again = await centre.ask();
    expect(heard(again)).toBe('approved again');
    expect(again.value).toMatchObject({ payment: { paymentId: 'PAYMENT-1' } });
    expect(centre.terminal.frames).toHaveLength(1);
    expect(centre.gateway.posts).toHaveLength(1);
  });

  test('approved longer ago: 1109 with the time of payment, and then that has been told', async () => {
    const centre = new Centre();
    await centre.ask();
    await centre.answer();
    const { decidedAtMs } = await centre.payment();
    await centre.pass(3 * HOUR_MS);
    const again = await centre.ask();
    expect(heard(again)).toBe('declined 1109');
    expect(again.value).toMatchObject({ about: { orderId: 'A-1', amountMinor: 1250, paidAtMs: decidedAtMs } });
    expect(centre.terminal.frames).toHaveLength(1);
    // A till that has gone meanwhile has not been told of it.
    expect(centre.kinds()).not.toContain('told');
    again.value?.told?.();
    await centre.pass(0);
    expect(centre.kinds()).toContain('told');
  });

  test('day: over eight hours later the number is free, once the result was told', async () => {
    const centre = new Centre();
    await paid(centre);
    await centre.pass(9 * HOUR_MS);
    const next = await centre.ask();
    expect(heard(next)).toBe('waits');
    await centre.answer();
    expect(heard(next)).toBe('approved');
    expect(centre.terminal.frames).toHaveLength(2);
  });

  test('day: over eight hours later, never told: 1109 first, then free', async () => {
    const centre = new Centre();
    await centre.ask();
    await centre.answer();
    await centre.pass(9 * HOUR_MS);
    const again = await centre.ask();
    expect(heard(again)).toBe('declined 1109');
    again.value?.told?.();
    await centre.pass(0);
    expect(heard(await centre.ask())).toBe('waits');
  });

  test('rule 11: the next payment under that number has a HiPay order id of its own', async () => {
    const centre = new Centre();
    await paid(centre);
    await centre.pass(9 * HOUR_MS);
    await centre.ask();
    await centre.answer();
    expect(centre.gateway.posts.map(({ hipayOrderId }) => hipayOrderId)).toEqual(['A-1', 'A-1-PAYMENT-2']);
  });

  test('day: an unknown one over eight hours old gives its number free, and stays unknown itself', async () => {
    const centre = new Centre();
    await centre.ask();
    await centre.pass(9 * HOUR_MS);
    // It may be this sale (rule 2): who insists gets through.
    expect(heard(await centre.ask())).toBe('declined 1110');
    await centre.pass(5_000);
    expect(heard(await centre.ask())).toBe('waits');
    await centre.answer();
    expect((await centre.payment(1)).state).toBe('unknown');
    expect((await centre.payment(2)).state).toBe('approved');
    expect(centre.gateway.posts.map(({ hipayOrderId }) => hipayOrderId)).toEqual(['A-1-PAYMENT-2']);
  });

  test('a refused one may be tried again, under the same HiPay order id', async () => {
    const centre = new Centre();
    await centre.ask();
    await centre.answer({ stat: '7' });
    await centre.ask();
    await centre.answer();
    expect(centre.gateway.posts.map(({ hipayOrderId }) => hipayOrderId)).toEqual(['A-1']);
  });

  test('unknown: the same result again and again, never another charge', async () => {
    const centre = new Centre();
    await centre.ask();
    await centre.pass(centre.settings.paymentTimeoutMs);
    for (let i = 0; i < 3; i += 1) expect(heard(await centre.ask())).toBe('unknown 1001 again');
    expect(centre.terminal.frames).toHaveLength(1);
  });

  test('unknown or approved, other money: 1105, nothing is charged', async () => {
    const centre = new Centre();
    await paid(centre);
    expect(heard(await centre.ask({ amountMinor: 99 }))).toBe('declined 1105');
    expect(centre.terminal.frames).toHaveLength(1);
  });

  test('a repetition that reached the till is written down as told', async () => {
    const centre = new Centre();
    await centre.ask();
    await centre.answer();
    const again = await centre.ask();
    if (again.value?.kind === 'payment') again.value.told();
    await settle();
    expect((await centre.payment()).toldAtMs).toBeDefined();
  });

  test('a result that reached nobody is not told; its trace is written all the same', async () => {
    const centre = new Centre();
    await centre.ask();
    await centre.answer();
    await centre.pass(60_000);
    const payment = await centre.payment();
    expect(payment.toldAtMs).toBeUndefined();
    expect(payment.trace).toEqual(['> ENQ']);
  });

  test('none: the order id is a label, another sale may carry it', async () => {
    const centre = new Centre({ settings: { orderIdScope: 'none' } });
    await paid(centre);
    const next = await centre.ask();
    expect(heard(next)).toBe('waits');
    expect(heard(await centre.ask())).toBe('declined 1104');
    await centre.answer();
    expect(centre.gateway.posts.map(({ hipayOrderId }) => hipayOrderId)).toEqual(['A-1', 'A-1-PAYMENT-2']);
  });

  test('the journal cannot be read: 1107, since nobody can know whether it was paid', async () => {
    const centre = new Centre();
    centre.journal.unreadable = true;
    expect(heard(await centre.ask())).toBe('declined 1107');
    expect(centre.terminal.frames).toEqual([]);
    centre.journal.unreadable = false;
    expect(heard(await centre.ask())).toBe('waits');
  });

  test('the journal is known to fail: 1107, and the terminal is left alone', async () => {
    const centre = new Centre();
    centre.journal.unwritable = true;
    expect(heard(await centre.ask())).toBe('declined 1107');
    expect(centre.terminal.frames).toEqual([]);
    centre.journal.unwritable = false;
    expect(heard(await centre.ask())).toBe('waits');
  });
});

describe('rule 16: stop', () => {
  test('idle: over at once, and nothing new begins', async () => {
    const centre = new Centre();
    const { busy, over } = centre.desk.stop();
    expect(busy).toBe(false);
    await over;
    expect(heard(await centre.ask())).toBe('declined 1106');
    expect(centre.terminal.frames).toEqual([]);
  });

  test('busy: the payment under way ends first, with its registration', async () => {
    const centre = new Centre();
    const result = await centre.ask();
    const { busy, over } = centre.desk.stop();
    const isOver = watch(over);
    await settle();
    expect([busy, 'value' in isOver]).toEqual([true, false]);
    expect(heard(await centre.ask({ orderId: 'B' }))).toBe('declined 1106');
    await centre.answer();
    expect(heard(result)).toBe('approved');
    expect('value' in isOver).toBe(true);
  });

  test('a request that was still being looked up begins nothing', async () => {
    const centre = new Centre();
    const result = watch(centre.desk.submit(anOrder(), new PatientTill()));
    expect(centre.desk.stop().busy).toBe(false);
    await settle();
    expect(heard(result)).toBe('declined 1106');
    expect(centre.terminal.frames).toEqual([]);
  });
});
