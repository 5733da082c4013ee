import { encodePaymentReply, type PaymentReply } from '@hipay-ecr/shared/concert/payment-reply.ts';
import { describe, expect, test } from '@jest/globals';
import type { FactBody } from './fact.ts';
import { fold } from './fold.ts';
import { isAtRest, withoutCustomer } from './forget-customer.ts';
import {
  accepted,
  anOrder,
  answered,
  asked,
  factsOf,
  forgotten,
  notSent,
  parked,
  paymentOf,
  registered,
  registering,
  settled,
  told,
  traced,
  unclear,
} from './payment.fixture.ts';

const customer = { id: 'K-77', firstname: 'Jeanne', lastname: 'Dupont', email: 'jeanne@example.org' };
const personal = { customer, cart: [{ name: 'Pills' }], customData: { loyalty: 'L-4711' } };
const order = anOrder({ ...personal, sent: { amount: '12.50', ...personal }, bodyDigest: 'd1gest' });
const reply: PaymentReply = {
  ...{ form: 'long_with_text', posNumber: '01', stat: '0', amountMinor: 1250, mode: 'B' },
  ...{ report: '497010******7890'.padEnd(55), currencyNumeric: '978', privateData: '1234567890' },
  trailingText: 'CARTE DE J DUPONT',
};
const long = Buffer.from(encodePaymentReply(reply)).toString('latin1');
const { trailingText: _text, ...withoutText } = reply;
const short = Buffer.from(encodePaymentReply({ ...withoutText, form: 'short', report: '' })).toString('latin1');

describe('what tells of the customer is taken out of the facts, and nothing else', () => {
  const facts = factsOf([
    accepted(order),
    asked(),
    answered('0', { bytesMasked: long }),
    registering(),
    registered,
    told,
    { kind: 'traced', lines: ['< STX "CARTE DE J DUPONT"'] },
    settled('approved'),
  ]);
  const without = facts.map(withoutCustomer);

  test('no word of it is left', () => {
    const left = JSON.stringify(without);
    for (const word of ['Jeanne', 'Dupont', 'DUPONT', 'K-77', '@', 'Pills', 'L-4711', '497010', 'd1gest']) {
      expect(left).not.toContain(word);
    }
  });

  test('the payment is the same: money, times, ids, outcome, registration, who settled it', () => {
    const before = fold(facts);
    const { order: _order, answersKept: _kept, answer: _answer, trace: _trace, ...rest } = before ?? {};
    expect(fold(without)).toMatchObject(rest);
    expect(fold(without)?.order).toEqual({
      ...order,
      ...{ cart: {}, customer: {}, customData: {}, bodyDigest: '' },
      sent: { amount: '12.50', cart: {}, customer: {}, customData: {} },
    });
  });

  test('of a long answer there stays what a short one says', () => {
    expect(fold(without)?.answer?.bytesMasked).toBe(short);
    const [, , ofShort] = factsOf([accepted(), asked(), answered('0', { bytesMasked: short })]).map(withoutCustomer);
    expect(ofShort).toMatchObject({ bytesMasked: short });
  });

  test('what comes later may tell of the customer again', () => {
    const bodies: FactBody[] = [accepted(), asked(), answered('7'), forgotten];
    expect(paymentOf(bodies).forgottenAtMs).toBeDefined();
    expect(paymentOf([...bodies, told]).forgottenAtMs).toBeDefined();
    expect(paymentOf([...bodies, answered('0')]).forgottenAtMs).toBeUndefined();
    expect(paymentOf([...bodies, traced]).forgottenAtMs).toBeUndefined();
  });
});

describe('at rest is what nobody waits for and nobody has to look at', () => {
  test.each<[boolean, string, FactBody[]]>([
    [false, 'opening', []],
    [false, 'running', [asked()]],
    [false, 'unknown', [asked(), unclear]],
    [false, 'approved and due', [asked(), answered('0')]],
    [false, 'registering', [asked(), answered('0'), registering()]],
    [false, 'parked', [asked(), answered('0'), registering(), parked]],
    [false, 'with an alarm', [asked(), answered('7'), answered('0'), registering(), registered]],
    [true, 'registered', [asked(), answered('0'), registering(), registered]],
    [true, 'refused', [asked(), answered('7')]],
    [true, 'not sent', [notSent]],
    [true, 'settled as refused', [asked(), unclear, settled('refused')]],
  ])('%j: %s', (expected, _what, facts) => {
    expect(isAtRest(paymentOf([accepted(), ...facts]))).toBe(expected);
  });
});
