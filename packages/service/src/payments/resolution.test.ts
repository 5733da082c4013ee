import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { FactBody } from './fact.ts';
import { after, way } from './fold.fixture.ts';
import {
  accepted,
  answered,
  asked,
  notRegistered,
  notSent,
  paymentOf,
  registered,
  registering,
  settled,
  unclear,
} from './payment.fixture.ts';
import { isOpen, type Payment } from './payment.ts';
import { objectionTo, type Resolution } from './resolution.ts';

const approved: Resolution = { outcome: 'approved', note: 'the ticket says so', by: 'Anna' };
const refused: Resolution = { ...approved, outcome: 'refused' };
const doubt: FactBody[] = [accepted(), asked(), unclear];
const paid: FactBody[] = [accepted(), asked(), answered('0')];

/** What the payment went through, what a person says, and what stands against it (undefined: nothing). */
const CASES: [what: string, facts: FactBody[], resolution: Resolution, objection: RegExp | undefined][] = [
  ['a running payment', [accepted(), asked()], approved, /still running/],
  ['an unknown one, approved', doubt, approved, undefined],
  ['an unknown one, refused', doubt, refused, undefined],
  ['refused, and an amount', doubt, { ...refused, amountMinor: 100 }, /cannot be refused and have taken/],
  ['one that the terminal approved', paid, refused, /it is approved, as the terminal said/],
  ['one that the terminal refused', [accepted(), asked(), answered('7')], approved, /it is refused/],
  ['one that was never sent', [accepted(), { kind: 'not_sent', code: '1004', detail: '' }], approved, /it is not_sent/],
  ['a late approval, confirmed', [accepted(), asked(), answered('7'), answered('0')], approved, undefined],
  [
    'a second settlement',
    [...doubt, settled('refused')],
    approved,
    /refused by Anna on 2026-01-05T09:00:03\.000Z \("read on the ticket"\); to change that, give replaces: 4 \(to the command: --replaces 4\)$/,
  ],
  ['one that replaces the first', [...doubt, settled('refused')], { ...approved, replaces: 4 }, undefined],
  ['one that replaces another', [...doubt, settled('refused')], { ...approved, replaces: 3 }, /give replaces: 4/],
  ['nothing to replace', doubt, { ...approved, replaces: 3 }, /leave replaces \(--replaces\) out/],
  ['contradicted after it was settled', [...doubt, settled('refused'), answered('0')], refused, undefined],
  [
    'approved by a person, refused before any POST',
    [...doubt, settled('approved')],
    { ...refused, replaces: 4 },
    undefined,
  ],
  [
    'approved by a person, refused while a POST is under way',
    [...doubt, settled('approved'), registering()],
    { ...refused, replaces: 4 },
    /HiPay has been told, or may have been, that 12\.50 was taken/,
  ],
  [
    'approved by a person, refused after a POST whose bytes left',
    [...doubt, settled('approved'), registering(), notRegistered()],
    { ...refused, replaces: 4 },
    /can no longer be undone here/,
  ],
  [
    'approved by a person, refused after a POST whose bytes stayed',
    [...doubt, settled('approved'), registering(), notRegistered({ bytesLeft: false })],
    { ...refused, replaces: 4 },
    undefined,
  ],
  [
    'another amount once HiPay has it',
    [...doubt, settled('approved'), registering(), registered],
    { ...approved, replaces: 4, amountMinor: 1300 },
    /have the amount corrected there/,
  ],
  [
    'the same amount once HiPay has it',
    [...doubt, settled('approved'), registering(), registered],
    { ...approved, replaces: 4, amountMinor: 1250 },
    undefined,
  ],
];

describe('rule 15: what a person may say of a payment', () => {
  test.each(CASES)('%s', (_what, facts, resolution, objection) => {
    const found = objectionTo(paymentOf(facts), resolution);
    if (objection === undefined) expect(found).toBeUndefined();
    else expect(found).toMatch(objection);
  });
});

describe('I15: no alarm is for ever', () => {
  const anyAnswer = fc
    .record({ stat: fc.constantFrom('0', '7', '3'), amountTakenMinor: fc.constantFrom(1250, 3000, null) })
    .map(({ stat, ...differs }) => answered(stat, differs));
  const anyFact: fc.Arbitrary<FactBody> = fc.oneof(
    anyAnswer,
    fc.constantFrom<FactBody>(notSent, unclear, settled('approved'), settled('refused')),
    fc.constantFrom<FactBody>(registering(), registered, notRegistered()),
  );

  /** Only what can happen: HiPay hears of approved payments, and a person's word is taken where nothing stands against it. */
  function canHappen(facts: FactBody[], fact: FactBody): boolean {
    const payment = paymentOf(facts);
    if (fact.kind === 'settled') return objectionTo(payment, sayAgain(payment, fact.outcome)) === undefined;
    const ofHipay = fact.kind === 'registering' || fact.kind === 'registered' || fact.kind === 'not_registered';
    return !ofHipay || payment.state === 'approved';
  }

  function sayAgain({ settled }: Payment, outcome: Resolution['outcome']): Resolution {
    return { outcome, note: 'seen', by: 'Anna', ...(settled !== undefined && { replaces: settled.version }) };
  }

  test('whatever a payment went through, a person who says what stands ends its alarms, HiPay told or not', () => {
    fc.assert(
      fc.property(fc.array(anyFact, { maxLength: 8 }), (more) => {
        const facts: FactBody[] = [accepted(), asked()];
        for (const fact of more) if (canHappen(facts, fact)) facts.push(fact);
        const payment = paymentOf(facts);
        fc.pre(payment.alarms.length > 0 && !isOpen(payment));
        const stands = payment.state === 'refused' ? 'refused' : 'approved';
        expect(objectionTo(payment, sayAgain(payment, stands))).toBeUndefined();
        expect(paymentOf([...facts, settled(stands)])).toMatchObject({ alarms: [], contradicted: false });
      }),
      { numRuns: 500 },
    );
  });
});

describe('rule 15: people', () => {
  test('settled as refused, then approved by the terminal: unknown, contradicted, not to be registered', () => {
    const payment = paymentOf(way('contradicted'));
    expect(payment).toMatchObject({ state: 'unknown', contradicted: true, amountTakenMinor: 1250 });
    expect(payment.registration.status).toBe('none');
  });

  test('settled as refused although the terminal had taken another amount: a further approval contradicts it too', () => {
    const payment = after('otherAmount', settled('refused'), answered('0'));
    expect(payment).toMatchObject({ state: 'unknown', contradicted: true });
    expect(payment.alarms).toHaveLength(1);
  });

  test('settled again: the doubt and its alarms are over', () => {
    for (const outcome of ['approved', 'refused'] as const) {
      const payment = after('contradicted', settled(outcome, { by: 'Ben', replaces: 4 }));
      expect(payment).toMatchObject({ state: outcome, contradicted: false, alarms: [] });
      expect(payment.settled).toMatchObject({ by: 'Ben', version: payment.version });
    }
  });

  test('settled as refused: nothing is left to register, and no amount was taken', () => {
    const payment = after('approved', settled('refused'));
    expect(payment.registration.status).toBe('none');
    expect(payment).not.toHaveProperty('amountTakenMinor');
  });

  test('settled as approved, then approved by the terminal alike: fine, and the application is known', () => {
    expect(after('saidApproved', answered('0'))).toMatchObject({
      state: 'approved',
      alarms: [],
      paymentApplication: '00B',
    });
  });
});
