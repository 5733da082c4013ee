import { describe, expect, test } from '@jest/globals';
import {
  answeredFact,
  approvedFacts,
  asked,
  notSentFacts,
  paymentOf,
  refusedFacts,
  registering,
  SAMPLE_AT_MS,
  SAMPLE_PAYMENT_ID,
  sampleOrder,
  unknownFacts,
} from '../../test/support/sample-payments.ts';
import type { FactBody } from '../payments/fact.ts';
import type { Order } from '../payments/order.ts';
import { compileSchema } from './compile-schema.ts';
import { type PaymentResponseBody, paymentResponseBody } from './payment-response-body.ts';
import { schemas } from './schemas.ts';

const settings = { language: 'en' } as const;
const fitsSchema = compileSchema(schemas.PaymentAnswer);

function bodyOf(
  facts: FactBody[],
  given: { order?: Order; request?: Order; replayed?: boolean } = {},
): PaymentResponseBody {
  const { order = sampleOrder(), request = order, replayed = false } = given;
  const body = paymentResponseBody(paymentOf(order, facts), request, replayed, settings);
  expect([fitsSchema(JSON.parse(JSON.stringify(body))), fitsSchema.errors]).toEqual([true, null]);
  return body;
}

test('the documented fields in the documented order, then our own', () => {
  const body = bodyOf(approvedFacts);
  expect(Object.entries(body)).toEqual(
    Object.entries({
      paymentStatus: 'SUCCESS',
      notificationHipaySent: true,
      numberOfNotificationSent: 1,
      amount: '10,23',
      currency: 'EUR',
      orderId: 'Order_12345',
      transationType: 'Debit',
      forceAuthorization: false,
      cart: {},
      customer: {},
      customData: {},
      transactionType: 'Debit',
      paymentId: SAMPLE_PAYMENT_ID,
      outcome: 'approved',
      paymentApplication: '00B',
    }),
  );
});

test('a failure has its code and its text where the documentation has them', () => {
  const names = Object.keys(bodyOf(refusedFacts));
  expect(names.slice(0, 6)).toEqual([
    'paymentStatus',
    'notificationHipaySent',
    'numberOfNotificationSent',
    'errorCode',
    'errorDescription',
    'amount',
  ]);
});

test.each<[string, FactBody[], string, string]>([
  ['refused', refusedFacts, '1006', 'refused'],
  ['not sent', notSentFacts, '1004', 'not_sent'],
  ['without an answer', unknownFacts, '1001', 'unknown'],
  ['approved for another amount (rule 9)', [asked, answeredFact('0', 3000)], '1005', 'unknown'],
  [
    'settled by a person with another amount (rule 9)',
    [...unknownFacts, { kind: 'settled', outcome: 'approved', amountTakenMinor: 3000, note: 'ticket', by: 'Ann' }],
    '1005',
    'unknown',
  ],
])('%s: FAILURE', (_how, facts, errorCode, outcome) => {
  const body = bodyOf(facts);
  expect(body).toMatchObject({ paymentStatus: 'FAILURE', errorCode, outcome });
  expect(body.errorDescription).toMatch(/\w{3}/);
});

test('an unknown one says so before anything else, and names the amount and what settles it', () => {
  const { errorDescription, paymentId } = bodyOf(unknownFacts);
  expect(errorDescription).toMatch(/^Do not charge again/);
  expect(errorDescription).toContain('10.23');
  expect(errorDescription).toContain(
    `'tp-manager payments resolve ${paymentId} --outcome OUTCOME --note TEXT --by NAME'`,
  );
});

test('a port that is not there is not mended with the red key', () => {
  const detail = '/dev/ttyACM0 is not there: is the terminal switched on and its cable plugged in?';
  const absent: FactBody = { kind: 'not_sent', code: '1004', detail, because: 'absent' };
  expect(bodyOf([absent]).errorDescription).toBe(
    `POS terminal Not Connected: ${detail} Nothing was charged: have that put right, then ask again; the connector itself needs no restart.`,
  );
});

test('rule 9: the text says what was taken', () => {
  expect(bodyOf([asked, answeredFact('0', 3000)]).errorDescription).toContain('30.00');
});

test.each([
  ['en', '30.00 of currency 840 was taken, not 10.23 EUR'],
  ['fr', '30,00 de la devise 840 ont été encaissés, et non 10,23 EUR'],
] as const)('rule 9: the text in %s names the currency that was taken', (language, says) => {
  const payment = paymentOf(sampleOrder(), [asked, { ...answeredFact('0', 3000), currencyNumeric: '840' } as FactBody]);
  const { errorDescription } = paymentResponseBody(payment, sampleOrder(), false, { language });
  expect(errorDescription).toContain(says);
});

test.each([
  ['en', 'order A was approved while this one was opening'],
  ['fr', 'la commande A a été acceptée'],
] as const)('1110, told again, names in %s the order that was approved, and not its own', (language, says) => {
  const detail = 'order A was approved while this one was opening';
  const payment = paymentOf(sampleOrder(), [{ kind: 'not_sent', code: '1110', detail }]);
  const { errorDescription, outcome } = paymentResponseBody(payment, sampleOrder(), true, { language });
  expect(outcome).toBe('not_sent');
  expect(errorDescription).toContain(says);
  expect(errorDescription).not.toContain(payment.order.orderId);
});

test('HiPay being away is no error', () => {
  const away: FactBody[] = [
    asked,
    answeredFact('0', 1023),
    registering(1),
    { kind: 'not_registered', n: 1, bytesLeft: false, fateKnown: true, dropCart: false, detail: 'connection refused' },
  ];
  const body = bodyOf(away);
  expect(body).toMatchObject({ paymentStatus: 'SUCCESS', notificationHipaySent: false, numberOfNotificationSent: 0 });
  expect(body).not.toHaveProperty('errorCode');
});

test('a third registration request is shown as two', () => {
  expect(bodyOf([asked, answeredFact('0', 1023), registering(1), registering(2), registering(3)])).toMatchObject({
    notificationHipaySent: false,
    numberOfNotificationSent: 2,
  });
});

describe('a repeated request', () => {
  const recorded = { amount: '10,23', cart: { a: 1 }, customer: { id: 1 }, customData: { b: 2 } };
  const order = sampleOrder({ sent: recorded });
  const request = sampleOrder({ orderId: 'made up for it', sent: { ...recorded, amount: 10.23, cart: {} } });

  test('gets what was recorded, the amount in its own spelling', () => {
    expect(bodyOf(approvedFacts, { order, request, replayed: true })).toMatchObject({
      amount: 10.23,
      orderId: 'Order_12345',
      cart: { a: 1 },
      customer: { id: 1 },
      customData: { b: 2 },
      replayed: true,
      paidAt: new Date(SAMPLE_AT_MS + 2000).toISOString(),
    });
  });

  test('was paid at no time where it was not paid', () => {
    const body = bodyOf(unknownFacts, { order, request, replayed: true });
    expect(body.replayed).toBe(true);
    expect(body).not.toHaveProperty('paidAt');
  });

  test('a first one is not called a repeated one', () => {
    expect(bodyOf(approvedFacts)).not.toHaveProperty('replayed');
  });
});

test('to tell the result of a payment that has none is a bug', () => {
  expect(() => paymentResponseBody(paymentOf(sampleOrder(), [asked]), sampleOrder(), false, settings)).toThrow(/Bug/);
});
