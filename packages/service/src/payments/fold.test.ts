import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { FactBody } from './fact.ts';
import { applyFact, fold } from './fold.ts';
import {
  accepted,
  answered,
  asked,
  factsOf,
  forgotten,
  lookedUp,
  notRegistered,
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
import type { Payment, PaymentState } from './payment.ts';

const running = [accepted(), asked()];

/** A way into each state of MONEY 2, and into each shade of it that a later fact can tell apart. */
const WAYS: Record<string, FactBody[]> = {
  opening: [accepted()],
  running,
  interim: [...running, answered('9')],
  approved: [...running, answered('0')],
  refused: [...running, answered('7', { amountTakenMinor: null })],
  neverAsked: [accepted(), notSent],
  allNak: [...running, notSent],
  unknown: [...running, unclear],
  oddResult: [...running, answered('3')],
  otherAmount: [...running, answered('0', { amountTakenMinor: 3000 })],
  saidApproved: [...running, unclear, settled('approved')],
  saidRefused: [...running, unclear, settled('refused')],
  contradicted: [...running, unclear, settled('refused'), answered('0')],
};

/** The facts that change a state; the bytes of each are other ones than those of any answer above. */
const FACTS: Record<string, FactBody> = {
  asked: asked('9999999999'),
  notSent,
  unclear,
  '0': answered('0', { bytesMasked: 'a0' }),
  '0other': answered('0', { bytesMasked: 'a1', amountTakenMinor: 4000 }),
  '0USD': answered('0', { bytesMasked: 'a2', currencyNumeric: '840' }),
  '7': answered('7', { bytesMasked: 'a7', amountTakenMinor: null }),
  '9': answered('9', { bytesMasked: 'a9' }),
  '3': answered('3', { bytesMasked: 'a3' }),
  yes: settled('approved'),
  no: settled('refused'),
};

const STATES: Record<string, PaymentState> = {
  o: 'opening',
  r: 'running',
  A: 'approved',
  R: 'refused',
  N: 'not_sent',
  U: 'unknown',
};

/** Where each fact leads from each state: the letter of the state, and `!` where it raises an alarm. */
const TABLE = `
               asked notSent unclear 0   0other 0USD 7   9   3   yes no
  opening      r     N       U       A   U!     U!   R   o   U   A   R
  running      r     N       U       A   U!     U!   R   r   U   A   R
  interim      r     N       U       A   U!     U!   R   r   U   A   R
  approved     A     A       A       A!  A!     A!   A!  A   A!  A   R
  refused      R     R       R       A!  U!     U!   R   R   R!  A   R
  neverAsked   N     N       N       A!  U!     U!   N   N   N!  A   R
  allNak       N     N       N       A!  U!     U!   N   N   N!  A   R
  unknown      U     U       U       A   U!     U!   R   U   U!  A   R
  oddResult    U     U       U       A   U!     U!   R   U   U!  A   R
  otherAmount  U     U       U       U!  U!     U!   U!  U   U!  A   R
  saidApproved A     A       A       A   A!     A!   A!  A   A!  A   R
  saidRefused  R     R       R       U!  U!     U!   R   R   R!  A   R
  contradicted U     U       U       U!  U!     U!   U!  U   U!  A   R
`;

const [header = [], ...rows] = TABLE.trim()
  .split('\n')
  .map((line) => line.trim().split(/\s+/));
const CELLS = rows.flatMap(([way = '', ...cells]) => cells.map((cell, i) => [way, header[i] ?? '', cell] as const));

function way(name: string): FactBody[] {
  return WAYS[name] ?? [];
}

function after(name: string, ...more: FactBody[]): Payment {
  return paymentOf([...way(name), ...more]);
}

describe('states (MONEY 2)', () => {
  test('the table names every state and every fact', () => {
    expect(header).toEqual(expect.arrayContaining(Object.keys(FACTS)));
    expect(rows.map(([name]) => name)).toEqual(Object.keys(WAYS));
    expect(CELLS).toHaveLength(Object.keys(WAYS).length * Object.keys(FACTS).length);
  });

  test.each(CELLS)('%s, then %s: %s', (name, factName, cell) => {
    const before = paymentOf(way(name));
    const fact = FACTS[factName];
    if (fact === undefined) throw new Error(`no fact ${factName}`);
    const payment = after(name, fact);
    expect(payment.state).toBe(STATES[cell.charAt(0)]);
    const personSpoke = fact.kind === 'settled';
    expect(payment.alarms.length).toBe(personSpoke ? 0 : before.alarms.length + (cell.endsWith('!') ? 1 : 0));
  });

  test.each(Object.keys(WAYS))('what the till or HiPay hears leaves the outcome as it is: %s', (name) => {
    const before = paymentOf(way(name));
    for (const fact of [registering(), notRegistered(), lookedUp, registered, parked, told, traced, forgotten]) {
      const { state, code, detail, alarms, amountTakenMinor } = after(name, fact);
      expect({ state, code, detail, alarms, amountTakenMinor }).toEqual({
        state: before.state,
        code: before.code,
        detail: before.detail,
        alarms: before.alarms,
        amountTakenMinor: before.amountTakenMinor,
      });
    }
  });

  test.each([
    ['refused', '1006'],
    ['neverAsked', '1004'],
    ['unknown', '1001'],
    ['oddResult', '1005'],
    ['otherAmount', '1005'],
    ['saidRefused', '1006'],
    ['contradicted', '1005'],
  ])('the till is told the code of its state: %s is %s', (name, code) => {
    expect(paymentOf(way(name))).toMatchObject({ code });
  });

  test('an approved payment carries no code, whatever stood there before', () => {
    expect(after('unknown', answered('0'))).not.toHaveProperty('code');
    expect(after('unknown', settled('approved'))).not.toHaveProperty('code');
    expect(after('refused', answered('0'))).not.toHaveProperty('detail');
  });
});

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
    expect(after('otherAmount', refused, settled('approved'))).toMatchObject({ amountTakenMinor: 3000 });
    const misread = settled('approved', { amountTakenMinor: 2000 });
    expect(after('otherAmount', misread, refused, settled('approved'))).toMatchObject({ amountTakenMinor: 3000 });
    expect(after('unknown', refused)).toMatchObject({ detail: 'settled by Anna' });
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

describe('the registration', () => {
  const status = (...more: FactBody[]) => after('approved', ...more).registration;

  test('money taken is due; what was not taken is not', () => {
    expect(status().status).toBe('due');
    for (const name of ['running', 'refused', 'unknown', 'neverAsked', 'contradicted']) {
      expect(paymentOf(way(name)).registration.status).toBe('none');
    }
  });

  test('an attempt: it is counted, and where it goes is fixed', () => {
    const target = { environment: 'prod', url: 'https://other/', login: 'x' } as const;
    expect(status(registering(1, { hipayOrderId: 'own', merchantId: 'M', target }))).toMatchObject({
      status: 'registering',
      attempts: 1,
      bytesLeft: 1,
      hipayOrderId: 'own',
      merchantId: 'M',
      target,
    });
  });

  test.each([
    ['a refused connection', { bytesLeft: false, fateKnown: false }, 'due', 0],
    ['a broken connection', { bytesLeft: true, fateKnown: false }, 'unclear', 1],
    ['a refusal of HiPay', { bytesLeft: true, fateKnown: true }, 'due', 1],
  ] as const)('%s: bytes that left are counted, an unknown fate is looked up', (_name, fate, expected, bytesLeft) => {
    expect(status(registering(), notRegistered(fate))).toMatchObject({ status: expected, bytesLeft, attempts: 1 });
  });

  test('the counts go on over attempts', () => {
    const second = status(
      registering(),
      notRegistered({ bytesLeft: false }),
      registering(2),
      notRegistered(),
      lookedUp,
      registering(3),
    );
    expect(second).toMatchObject({ status: 'registering', attempts: 3, bytesLeft: 2 });
  });

  test('looked up in vain: it may be sent again', () => {
    expect(status(registering(), notRegistered(), lookedUp).status).toBe('due');
  });

  test('a dropped cart stays dropped', () => {
    const dropped = notRegistered({ fateKnown: true, dropCart: true });
    expect(status(registering(), dropped, registering(2), notRegistered()).cartDropped).toBe(true);
  });

  test('registered: the reference is kept, and the failure before is forgotten', () => {
    const done = status(registering(), notRegistered(), registered);
    expect(done).toMatchObject({ status: 'registered', reference: '800001' });
    expect(done).not.toHaveProperty('detail');
  });

  test('parked: it says why', () => {
    expect(status(registering(), parked)).toMatchObject({
      status: 'parked',
      detail: '3010001: currency not supported',
    });
  });

  test('a second approval never begins a second registration', () => {
    expect(status(registering(), registered, answered('0', { bytesMasked: 'again' })).status).toBe('registered');
    expect(status(registering(), parked, settled('approved')).status).toBe('parked');
  });
});

test('told is the first time; the trace grows', () => {
  const facts = factsOf([...way('approved'), told, traced, told, traced]);
  const payment = fold(facts);
  expect(payment?.toldAtMs).toBe(facts[3]?.atMs);
  expect(payment?.trace).toEqual(['> ENQ', '< ACK', '> ENQ', '< ACK']);
});

test('no facts, no payment', () => expect(fold([])).toBeUndefined());

test('accepted comes first and once: anything else is a bug and stops the program', () => {
  expect(() => fold(factsOf([accepted(), accepted()]))).toThrow(/accepted twice/);
  for (const fact of [...Object.values(FACTS), told, registered]) {
    expect(() => fold(factsOf([fact]))).toThrow(/not 'accepted'/);
  }
});

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
    fc.constantFrom<FactBody>(registering(), notRegistered(), notRegistered({ fateKnown: true, dropCart: true })),
    fc.constantFrom<FactBody>(lookedUp, registered, parked, told, traced, forgotten),
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
