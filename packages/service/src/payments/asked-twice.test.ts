import { describe, expect, test } from '@jest/globals';
import { Centre, heard } from './centre.fixture.ts';
import { paid } from './pay.fixture.ts';
import { settle } from './settle.fixture.ts';

const HOUR_MS = 3_600_000;

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

  test('settled as approved longer ago: 1109 with the word of who did', async () => {
    const centre = new Centre();
    await paid(centre);
    const word = { outcome: 'approved', note: 'on the ticket', by: 'Anna' } as const;
    const { atMs, version } = await centre.journal
      .append('PAYMENT-1', [{ kind: 'settled', ...word, amountTakenMinor: 1250 }])
      .then(({ decidedAtMs, settled }) => ({ atMs: decidedAtMs, version: settled?.version }));
    await centre.pass(3 * HOUR_MS);
    const again = await centre.ask();
    expect(heard(again)).toBe('declined 1109');
    expect(again.value).toMatchObject({ about: { paidAtMs: atMs, settled: { ...word, atMs, version } } });
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

  test.each([
    ['the journal cannot be read: 1107, since nobody can know whether it was paid', 'unreadable'],
    ['the journal is known to fail: 1107, and the terminal is left alone', 'unwritable'],
  ] as const)('%s', async (_what, fault) => {
    const centre = new Centre();
    centre.journal[fault] = true;
    expect(heard(await centre.ask())).toBe('declined 1107');
    expect(centre.terminal.frames).toEqual([]);
    centre.journal[fault] = false;
    expect(heard(await centre.ask())).toBe('waits');
  });
});
