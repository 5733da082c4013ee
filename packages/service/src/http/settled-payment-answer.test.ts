import { describe, expect, test } from '@jest/globals';
import {
  answeredFact,
  asked,
  paymentOf,
  SAMPLE_AT_MS,
  sampleOrder,
  unknownFacts,
} from '../../test/support/sample-payments.ts';
import type { FactBody } from '../payments/fact.ts';
import { compileSchema } from './compile-schema.ts';
import { type PaymentResponseBody, paymentResponseBody } from './payment-response-body.ts';
import { schemas } from './schemas.ts';

const fitsSchema = compileSchema(schemas.PaymentAnswer);

function bodyOf(facts: FactBody[], language: 'en' | 'fr' = 'en'): PaymentResponseBody {
  const body = paymentResponseBody(paymentOf(sampleOrder(), facts), sampleOrder(), true, { language });
  expect([fitsSchema(JSON.parse(JSON.stringify(body))), fitsSchema.errors]).toEqual([true, null]);
  return body;
}

describe('what a person settled', () => {
  const settledAs = (word: object): FactBody[] => [
    ...unknownFacts,
    { kind: 'settled', note: 'ticket', by: 'Ann', ...word } as FactBody,
  ];
  const settled = (outcome: string) => ({ outcome, by: 'Ann', at: new Date(SAMPLE_AT_MS + 3000).toISOString() });
  const descriptionOf = (facts: FactBody[], language: 'en' | 'fr') => bodyOf(facts, language).errorDescription;

  test('as approved is SUCCESS, by whose word and since when', () => {
    const body = bodyOf(settledAs({ outcome: 'approved', amountTakenMinor: 1023 }));
    expect(body).toMatchObject({ paymentStatus: 'SUCCESS', outcome: 'approved', settled: settled('approved') });
  });

  test.each([
    [
      'en',
      [/^Do not charge again\. .*30\.00 was taken, not 10\.23 EUR/, /settled as approved by Ann on 2026/, /by hand/],
    ],
    ['fr', [/^Ne pas encaisser à nouveau\. .*30,00 ont été/, /enregistré comme accepté par Ann le 05/, /à la main/]],
  ] as const)(
    'with another amount is not to be settled again, but to be entered in the till, in %s',
    (language, says) => {
      const facts = settledAs({ outcome: 'approved', amountTakenMinor: 3000 });
      expect(bodyOf(facts)).toMatchObject({ errorCode: '1005', outcome: 'unknown', settled: settled('approved') });
      const description = descriptionOf(facts, language);
      for (const part of says) expect(description).toMatch(part);
      expect(description).not.toMatch(/payments resolve|ticket/);
    },
  );

  test.each([
    ['en', 'Canceled transaction (settled as refused by Ann on 2026-'],
    ['fr', 'Transaction annulée (enregistré comme refusé par Ann le 05/'],
  ] as const)('as refused names in %s who did, and when', (language, says) => {
    const facts = settledAs({ outcome: 'refused' });
    expect(bodyOf(facts)).toMatchObject({ errorCode: '1006', outcome: 'refused', settled: settled('refused') });
    expect(descriptionOf(facts, language)).toContain(says);
  });

  test.each([
    ['en', 'though the terminal said that 30.00 was taken). Nothing'],
    ['fr', 'alors que le terminal a dit avoir encaissé 30,00). Rien'],
  ] as const)('as refused, against the terminal, says that too in %s', (language, says) => {
    const refused: FactBody = { kind: 'settled', outcome: 'refused', note: 'ticket', by: 'Ann' };
    expect(descriptionOf([asked, answeredFact('0', 3000), refused], language)).toContain(says);
  });

  test('is to be settled again once the terminal contradicts it', () => {
    const body = bodyOf([...settledAs({ outcome: 'refused' }), answeredFact('0', 1023)]);
    expect(body).toMatchObject({ errorCode: '1005', errorDescription: expect.stringContaining('payments resolve') });
    expect(body).not.toHaveProperty('settled');
  });
});
