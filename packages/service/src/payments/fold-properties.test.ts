import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { FactBody } from './fact.ts';
import { AFTERWARDS } from './fold.fixture.ts';
import { applyFact, fold } from './fold.ts';
import { accepted, answered, asked, factsOf, notRegistered, notSent, settled, unclear } from './payment.fixture.ts';
import type { Payment } from './payment.ts';

describe('properties', () => {
  const anyAnswer = fc
    .record({
      stat: fc.constantFrom('0', '7', '9', '3'),
      amountTakenMinor: fc.constantFrom(1250, 3000, 0, null),
      currencyNumeric: fc.constantFrom('978', '840'),
      bytesMasked: fc.constantFrom('x', 'y'),
    })
    .map(({ stat, ...differs }) => answered(stat, differs));
  const anyFact: fc.Arbitrary<FactBody> = fc.oneof(
    anyAnswer,
    fc.constantFrom<FactBody>(asked(), notSent, unclear, settled('approved'), settled('refused')),
    fc.constantFrom<FactBody>(...AFTERWARDS, notRegistered({ fateKnown: true, dropCart: true })),
  );
  const anyFacts = fc.array(anyFact, { maxLength: 12 }).map((more) => factsOf([accepted(), ...more]));

  test('any list folds, one fact a version', () => {
    fc.assert(fc.property(anyFacts, (facts) => expect(fold(facts)?.version).toBe(facts.length)));
  });

  test('the fold goes on from any place: fold(a ++ b) is applyFact over b from fold(a)', () => {
    fc.assert(
      fc.property(anyFacts, fc.nat(12), (facts, cut) => {
        const begun = fold(facts.slice(0, cut));
        expect(facts.slice(cut).reduce<Payment | undefined>(applyFact, begun)).toEqual(fold(facts));
      }),
    );
  });

  test('the fold changes nothing that it is given', () => {
    fc.assert(
      fc.property(anyFacts, (facts) => {
        const copy = structuredClone(facts);
        let payment: Payment | undefined;
        for (const fact of facts) {
          const before = structuredClone(payment);
          const next = applyFact(payment, fact);
          expect(payment).toEqual(before);
          payment = next;
        }
        expect(facts).toEqual(copy);
      }),
    );
  });

  test('an approved payment has an amount, no code, and a registration, whatever happened', () => {
    fc.assert(
      fc.property(anyFacts, (facts) => {
        const payment = fold(facts);
        if (payment?.state !== 'approved') return;
        expect(payment.registration.status).not.toBe('none');
        expect(payment).not.toHaveProperty('code');
        expect(payment.amountTakenMinor).toBeGreaterThan(0);
      }),
    );
  });

  test('what is decided is never open again', () => {
    fc.assert(
      fc.property(anyFacts, (facts) => {
        let decided = false;
        let payment: Payment | undefined;
        for (const fact of facts) {
          payment = applyFact(payment, fact);
          const open = payment.state === 'opening' || payment.state === 'running';
          expect(decided && open).toBe(false);
          decided ||= !open;
        }
      }),
    );
  });

  test('money that the terminal says it took is never called refused or not sent without a person or an alarm (I4)', () => {
    fc.assert(
      fc.property(anyFacts, (facts) => {
        const payment = fold(facts);
        const tookMoney = facts.some((fact) => fact.kind === 'answered' && fact.stat === '0');
        if (!tookMoney || facts.some(({ kind }) => kind === 'settled')) return;
        expect(['approved', 'unknown']).toContain(payment?.state);
      }),
    );
  });
});
