import { describe, expect, test } from '@jest/globals';
import { accepted, answered, asked, notRegistered, paymentOf, registering } from './payment.fixture.ts';
import type { FoundOrder } from './ports.ts';
import { ownershipOf } from './retry-policy.ts';

describe('rule 11: whose an order found at HiPay is', () => {
  const unclearFate = paymentOf([accepted(), asked(), answered('0'), registering(), notRegistered()]);
  const attemptAtMs = unclearFate.registration.lastAttemptAtMs ?? 0;
  const order = (differs: Partial<FoundOrder> = {}): FoundOrder => ({
    reference: '8001',
    amountMinor: 1250,
    currency: 'EUR',
    hasCustomData: true,
    ...differs,
  });
  const bare = (createdAtMs?: number, reference = '8002') =>
    order({ hasCustomData: false, reference, ...(createdAtMs !== undefined && { createdAtMs }) });

  test('with our payment id: ours, also among others', () => {
    const others = [bare(), order({ paymentId: 'PAYMENT-9' }), order({ paymentId: 'PAYMENT-1', reference: '8003' })];
    expect(ownershipOf(others, unclearFate)).toEqual({ kind: 'ours', reference: '8003' });
  });

  test.each([
    ['another payment id', order({ paymentId: 'PAYMENT-9' })],
    ['other custom data and no payment id', order()],
  ])('%s: not ours, though the amount is', (_what, found) => {
    expect(ownershipOf([found], unclearFate).kind).toBe('not_ours');
  });

  test('no custom data: ours where an attempt of unknown fate is not younger than it', () => {
    expect(ownershipOf([bare(attemptAtMs)], unclearFate)).toEqual({ kind: 'ours', reference: '8002' });
    expect(ownershipOf([bare(attemptAtMs + 30_000)], unclearFate).kind).toBe('ours');
  });

  test('no custom data, made before the attempt, or at no known time: a conflict', () => {
    expect(ownershipOf([bare(attemptAtMs - 1_000)], unclearFate).kind).toBe('conflict');
    expect(ownershipOf([bare()], unclearFate).kind).toBe('conflict');
  });

  test('HiPay drops the fraction of a second: that alone does not make its order older', () => {
    const late = { ...unclearFate, registration: { ...unclearFate.registration, lastAttemptAtMs: attemptAtMs + 900 } };
    expect(ownershipOf([bare(attemptAtMs)], late).kind).toBe('ours');
  });

  test('no custom data, and no attempt of unknown fate: a conflict', () => {
    const known = paymentOf([accepted(), asked(), answered('0'), registering(), notRegistered({ fateKnown: true })]);
    expect(ownershipOf([bare(attemptAtMs)], known).kind).toBe('conflict');
  });
});
