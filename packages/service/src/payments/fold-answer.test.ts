import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { FactBody } from './fact.ts';
import { after, running, way } from './fold.fixture.ts';
import { answered, paymentOf, settled, unclear } from './payment.fixture.ts';

describe('rule 8: the first 0 or 7 decides', () => {
  test('0 after 7: approved, to be registered, and an alarm', () => {
    const payment = after('refused', answered('0'));
    expect(payment).toMatchObject({ state: 'approved', amountTakenMinor: 1250, registration: { status: 'due' } });
    expect(payment.alarms).toEqual([expect.stringContaining('after it had been reported as failed')]);
  });

  test('7 after 0: an alarm only, and the deciding answer stays', () => {
    const payment = after('approved', answered('7', { amountTakenMinor: null }));
    expect(payment).toMatchObject({ state: 'approved', amountTakenMinor: 1250, answer: { stat: '0' } });
    expect(payment.alarms).toHaveLength(1);
  });

  test('7 after a 0 of another amount does not turn taken money into a refusal', () => {
    expect(after('otherAmount', answered('7'))).toMatchObject({ state: 'unknown', amountTakenMinor: 3000 });
  });

  test('9 is interim: the wait goes on, and the answer counts as kept', () => {
    const payment = paymentOf(way('interim'));
    expect(payment.state).toBe('running');
    expect(payment.answersKept).toHaveLength(1);
    expect(payment).not.toHaveProperty('decidedAtMs');
  });

  test.each(['1', '2', '3', '4', '5', '6', '8', ' ', 'A'])(
    'the result %j is unknown 1005 at once, and is named',
    (stat) => {
      const payment = paymentOf([...running, answered(stat)]);
      expect(payment).toMatchObject({ state: 'unknown', code: '1005', detail: expect.stringContaining(`'${stat}'`) });
      expect(payment.registration.status).toBe('none');
    },
  );

  test('after an odd result the terminal may still decide', () => {
    expect(after('oddResult', answered('0')).state).toBe('approved');
    expect(after('oddResult', answered('7')).state).toBe('refused');
  });
});

describe('rule 9: SUCCESS needs the amount and the currency that were asked', () => {
  test('another amount: unknown 1005, both amounts named, nothing to register', () => {
    const payment = after('running', answered('0', { amountTakenMinor: 3000 }));
    expect(payment).toMatchObject({ state: 'unknown', code: '1005', detail: '30.00 was taken, not 12.50' });
    expect(payment).toMatchObject({ amountTakenMinor: 3000, registration: { status: 'none' } });
  });

  test('another currency: the text does not say that 12.50 is not 12.50', () => {
    const { state, detail = '' } = after('running', answered('0', { currencyNumeric: '840' }));
    expect(state).toBe('unknown');
    expect(detail).toContain('840');
    expect(detail).toContain('EUR');
  });

  test.each([null, 0])(
    'an approval of the amount %j is not one; settled, HiPay gets what was asked',
    (amountTakenMinor) => {
      const nameless = answered('0', { amountTakenMinor });
      expect(after('running', nameless)).toMatchObject({
        state: 'unknown',
        code: '1005',
        detail: 'an amount that the terminal does not name was taken, not 12.50',
      });
      expect(after('running', nameless)).not.toHaveProperty('amountTakenMinor');
      expect(after('running', nameless, settled('approved'))).toMatchObject({ amountTakenMinor: 1250 });
    },
  );

  test('property: no amount or currency but the one asked is ever approved by an answer', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('opening', 'running', 'interim', 'refused', 'neverAsked', 'unknown', 'contradicted'),
        fc.oneof(fc.nat(99_999_999), fc.constant(null), fc.constant(1250)),
        fc.constantFrom('978', '840', '   ', ''),
        (name, amountTakenMinor, currencyNumeric) => {
          fc.pre(amountTakenMinor !== 1250 || currencyNumeric !== '978');
          const payment = after(name, answered('0', { amountTakenMinor, currencyNumeric }));
          expect(payment.state).toBe('unknown');
          expect(payment.code).toBe('1005');
          expect(payment.registration.status).toBe('none');
        },
      ),
    );
  });

  test('a person settles it: what the terminal took is what HiPay gets, unless the person names an amount', () => {
    expect(after('otherAmount', settled('approved'))).toMatchObject({ amountTakenMinor: 3000 });
    expect(after('otherAmount', settled('approved', { amountTakenMinor: 2000 }))).toMatchObject({
      amountTakenMinor: 2000,
    });
    expect(after('unknown', settled('approved'))).toMatchObject({ amountTakenMinor: 1250 });
  });

  test('a person errs first: what the terminal took is not forgotten, and not what the person had named', () => {
    const refused = settled('refused');
    expect(after('otherAmount', refused)).toMatchObject({
      state: 'refused',
      detail: 'settled by Anna, though the terminal said that 30.00 was taken',
    });
    expect(after('otherAmount', refused)).not.toHaveProperty('amountTakenMinor');
    const misread = settled('approved', { amountTakenMinor: 2000 });
    expect(after('otherAmount', misread, refused)).toMatchObject({ terminalTookMinor: 3000 });
    expect(after('unknown', refused)).toMatchObject({ detail: 'settled by Anna' });
  });

  test('another currency is no amount of the order, and is named', () => {
    const payment = after('running', answered('0', { currencyNumeric: '840', amountTakenMinor: 1300 }));
    expect(payment).toMatchObject({ tookElsewhere: { currencyNumeric: '840', amountMinor: 1300 } });
    expect(payment).not.toHaveProperty('amountTakenMinor');
    expect(payment).not.toHaveProperty('terminalTookMinor');
    expect(payment.detail).toBe('13.00 of currency 840 was taken, not 12.50 EUR');
  });

  test('the latest approval says what was taken, in one currency', () => {
    const elsewhere = answered('0', { currencyNumeric: '840', amountTakenMinor: 1300 });
    const back = after('running', elsewhere, settled('refused'), answered('0', { amountTakenMinor: 1400 }));
    expect(back).toMatchObject({ contradicted: true, amountTakenMinor: 1400, terminalTookMinor: 1400 });
    expect(back).not.toHaveProperty('tookElsewhere');
    const nameless = [settled('refused'), answered('0', { amountTakenMinor: null })];
    expect(after('running', elsewhere, ...nameless)).toMatchObject({ tookElsewhere: { amountMinor: 1300 } });
    expect(after('otherAmount', ...nameless)).toMatchObject({ terminalTookMinor: 3000 });
    const away = after('otherAmount', settled('refused'), elsewhere);
    expect(away).toMatchObject({ contradicted: true, tookElsewhere: { amountMinor: 1300 } });
    expect(away).not.toHaveProperty('terminalTookMinor');
    expect(away.alarms).toEqual([expect.stringContaining('13.00 of currency 840')]);
  });
});

describe('a word written down without its amount, as it was once, means what HiPay was told then', () => {
  const elsewhere = answered('0', { currencyNumeric: '392', amountTakenMinor: 5000 });
  const refused = settled('refused');
  test.each<[string, FactBody[], number]>([
    ['what the terminal took', [answered('0', { amountTakenMinor: 3000 })], 3000],
    ['after a refusal, what was asked', [answered('0', { amountTakenMinor: 3000 }), refused], 1250],
    ['in another currency, that number', [elsewhere], 5000],
    ['in another currency, after a refusal, what was asked', [elsewhere, refused], 1250],
    ['where the terminal said nothing, what was asked', [unclear], 1250],
  ])('%s', (_what, facts, amountTakenMinor) => {
    expect(after('running', ...facts, settled('approved'))).toMatchObject({ state: 'approved', amountTakenMinor });
  });
});
