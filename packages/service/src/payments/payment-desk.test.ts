import { describe, expect, test } from '@jest/globals';
import { Centre, heard, PatientTill, watch } from './centre.fixture.ts';
import { paid } from './pay.fixture.ts';
import { anOrder } from './payment.fixture.ts';
import { settle } from './settle.fixture.ts';

const HOUR_MS = 3_600_000;

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
    expect((await centre.journal.byOrderId('B', 9)).payments).toEqual([]);
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
