import { describe, expect, test } from '@jest/globals';
import { DAY, good, orphan, payment } from './day-report.fixture.ts';
import { DayReporter } from './day-report.ts';
import type { FactBody, Orphan } from './fact.ts';
import { answered, asked, registered, registering, settled, told, unclear } from './payment.fixture.ts';
import type { Payment } from './payment.ts';

describe("the terminal's own total", () => {
  const credit = payment([asked(), answered('0', { amountTakenMinor: 250 }), registering(), registered, told], {
    amountMinor: 250,
    transactionType: 'Credit',
  });
  // Each is a payment of its own.
  const aPayment = (orderId: string, amountMinor: number, facts: FactBody[]): Payment => ({
    ...payment(facts, { orderId, amountMinor }),
    paymentId: `ID-${orderId}`,
  });
  const doubtful = (amountMinor: number) => aPayment(`D${amountMinor}`, amountMinor, [asked(), unclear, told]);
  const saidNo = (amountMinor: number) =>
    aPayment(`N${amountMinor}`, amountMinor, [asked(), unclear, settled('refused', { note: 'no ticket' }), told]);
  const saidYes = (amountMinor: number) =>
    aPayment(`Y${amountMinor}`, amountMinor, [asked(), unclear, settled('approved'), registering(), registered, told]);

  function compared(totalMinor: number, payments: Payment[], orphans: Orphan[] = []) {
    const reporter = new DayReporter(DAY);
    for (const each of payments) reporter.add(each);
    for (const each of orphans) reporter.addOrphan(each);
    return reporter.finish({ amountMinor: totalMinor, currency: 'EUR' }).terminal;
  }

  test.each<[string, number, Payment[], Orphan[], object]>([
    [
      'agrees: what was given back is taken off',
      1000,
      [payment(good), credit],
      [],
      { agrees: true, gapMinor: 0, explanations: [] },
    ],
    [
      'a doubt explains the gap',
      1350,
      [payment(good), doubtful(100), doubtful(200)],
      [],
      { gapMinor: 100, explanations: [expect.stringMatching(/^Order D100, 1\.00: Nobody knows/)] },
    ],
    [
      'one that was never answered, and that a person settled as refused, does',
      1250 + 10005,
      [payment(good), saidNo(10005), saidNo(300)],
      [],
      { gapMinor: 10005, explanations: ['Order N10005, 100.05: Anna settled it as refused: no ticket'] },
    ],
    [
      'two doubts together do',
      1550,
      [payment(good), doubtful(100), doubtful(200)],
      [],
      {
        gapMinor: 300,
        explanations: [
          expect.stringMatching(
            /^Two together, 1\.00 \+ 2\.00 = 3\.00: Order D100, 1\.00: Nobody.* — Order D200, 2\.00: /,
          ),
        ],
      },
    ],
    [
      'a doubt and one that should not have been approved do',
      1250 + 700 - 400,
      [payment(good), doubtful(300), saidYes(700), doubtful(50)],
      [],
      { gapMinor: -400, explanations: [expect.stringMatching(/^Two together, 3\.00 - 7\.00 = -4\.00: /)] },
    ],
    [
      'all doubts together do',
      1250 + 600,
      [payment(good), doubtful(100), doubtful(201), doubtful(299), saidNo(50)],
      [],
      {
        explanations: ['All 3 in doubt, together 6.00: order D100, 1.00; order D201, 2.01; order D299, 2.99.'],
      },
    ],
    [
      'all doubts and what a person settled as refused do',
      1250 + 22628,
      [payment(good), doubtful(10114), doubtful(2400), saidNo(10114)],
      [],
      {
        explanations: [
          'All 3 that may have been taken, and are not counted, together 226.28: order D10114, 101.14; order D2400, 24.00; order N10114 (settled by a person), 101.14.',
        ],
      },
    ],
    [
      'all that is in doubt does, counted or not',
      1250 + 700 - 100,
      [payment(good), doubtful(250), saidNo(350), saidYes(700)],
      [],
      {
        gapMinor: -100,
        explanations: [expect.stringMatching(/^All 3 that may not be as the journal counts them, together -1\.00: /)],
      },
    ],
    [
      'an orphan does',
      2500,
      [payment(good)],
      [orphan('0', '00001250')],
      { gapMinor: 1250, explanations: [expect.stringMatching(/approved 12\.50 EUR that belongs to no payment/)] },
    ],
    [
      'nothing does: what is in doubt is named all the same',
      1250 + 700 + 1,
      [payment(good), doubtful(10114), saidNo(2400), saidYes(700)],
      [],
      {
        ...{ agrees: false, gapMinor: 1, explanations: [] },
        unexplained:
          'No single payment explains it, nor do two, nor all together. ' +
          'In doubt that day, and not counted: order D10114, 101.14; order N2400 (settled by a person), 24.00; together 125.14. ' +
          'In doubt that day, though counted: order Y700 (settled by a person), -7.00; together -7.00.',
      },
    ],
    [
      'nothing is in doubt',
      1251,
      [payment(good)],
      [],
      {
        explanations: [],
        unexplained: 'Nothing in the journal explains it: none of its payments is in doubt that day.',
      },
    ],
    [
      'many are in doubt: ten are named',
      1251,
      [payment(good), ...Array.from({ length: 12 }, (_, n) => doubtful(100 + n))],
      [],
      { unexplained: expect.stringMatching(/order D109, 1\.09; and 2 more; together 12\.66\.$/) },
    ],
    [
      'an orphan of another currency does not',
      2500,
      [payment(good)],
      [orphan('0', '00001250', '840')],
      { explanations: [] },
    ],
    ['nobody paid', 0, [], [], { agrees: true, journalMinor: 0 }],
  ])('%s', (_what, totalMinor, payments, orphans, expected) => {
    expect(compared(totalMinor, payments, orphans)).toMatchObject(expected);
  });
});
