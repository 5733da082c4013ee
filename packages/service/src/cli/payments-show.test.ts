import { describe, expect, test } from '@jest/globals';
import { approvedFacts, asked, notSentFacts, paymentOf, sampleOrder } from '../../test/support/sample-payments.ts';
import { paymentDetails } from '../http/journal-body.ts';
import type { FactBody } from '../payments/fact.ts';
import { counted } from './layout.ts';
import type { PaymentDetails } from './payment-answer.ts';
import { describePayment, describeTrace } from './payments-show-command.ts';

function details(bodies: FactBody[]): PaymentDetails {
  const payment = paymentOf(sampleOrder(), bodies);
  const facts = bodies.map((body) => ({ paymentId: payment.paymentId, atMs: payment.acceptedAtMs, ...body }));
  return JSON.parse(JSON.stringify(paymentDetails(payment, facts)));
}

describe('a payment as it is shown', () => {
  test('while it runs: the till does not have its result yet', () => {
    expect(describePayment(details([asked]))).toMatch(/^told +not yet: the payment is still running$/m);
  });

  test('once it is over, and nobody heard it: the till never got it', () => {
    expect(describePayment(details(approvedFacts))).toMatch(/^told +the till never got the result$/m);
  });
});

describe('a trace', () => {
  const traced = (lines: string[]): FactBody => ({ kind: 'traced', lines });

  test('that there is, is shown as it is', () => {
    expect(describeTrace(['> ENQ'], details([asked]))).toEqual(['> ENQ']);
  });

  test.each<[string, PaymentDetails, RegExp]>([
    ['while the payment runs', details([asked]), /kept once the payment is over/],
    ['where nothing was sent', details([...notSentFacts, traced([])]), /nothing went over the line/],
    ['that was never written', details(approvedFacts), /none was kept/],
    [
      'that is forgotten',
      { ...details(approvedFacts), forgottenAt: '2026-01-05T09:30:00Z' },
      /forgotten.*journal_days/s,
    ],
  ])('that there is none of, %s: it is said why', (_when, payment, why) => {
    expect(describeTrace([], payment).join('\n')).toMatch(why);
  });
});

test.each([
  [0, '0 differences'],
  [1, '1 difference'],
  [2, '2 differences'],
])('%d: %s', (count, words) => {
  expect(counted(count, 'difference')).toBe(words);
});
