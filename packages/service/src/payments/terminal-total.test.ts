import { describe, expect, test } from '@jest/globals';
import { DAY, good, orphan, payment } from './day-report.fixture.ts';
import { DayReporter } from './day-report.ts';
import type { Orphan } from './fact.ts';
import { answered, asked, registered, registering, told, unclear } from './payment.fixture.ts';
import type { Payment } from './payment.ts';

describe("the terminal's own total", () => {
  const credit = payment([asked(), answered('0', { amountTakenMinor: 250 }), registering(), registered, told], {
    amountMinor: 250,
    transactionType: 'Credit',
  });
  const doubtful = (amountMinor: number) =>
    payment([asked(), unclear, told], { amountMinor, orderId: `D${amountMinor}` });

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
      'all doubts together do',
      1550,
      [payment(good), doubtful(100), doubtful(200)],
      [],
      { gapMinor: 300, explanations: ['All 2 payments of unknown outcome were paid: together they are 3.00.'] },
    ],
    [
      'an orphan does',
      2500,
      [payment(good)],
      [orphan('0', '00001250')],
      { gapMinor: 1250, explanations: [expect.stringMatching(/approved 12\.50 that belongs to no payment/)] },
    ],
    ['nothing does', 1251, [payment(good), doubtful(100)], [], { agrees: false, gapMinor: 1, explanations: [] }],
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
