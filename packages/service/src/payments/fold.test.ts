import { describe, expect, test } from '@jest/globals';
import type { FactBody } from './fact.ts';
import { AFTERWARDS, after, WAYS, way } from './fold.fixture.ts';
import { fold } from './fold.ts';
import {
  accepted,
  answered,
  asked,
  factsOf,
  notSent,
  paymentOf,
  registered,
  settled,
  told,
  traced,
  unclear,
} from './payment.fixture.ts';
import type { PaymentState } from './payment.ts';

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
    for (const fact of AFTERWARDS) {
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
