import { describe, expect, test } from '@jest/globals';
import { DAY, good, HOUR_MS, orphan, payment } from './day-report.fixture.ts';
import { type DayReport, DayReporter } from './day-report.ts';
import type { FactBody, Orphan } from './fact.ts';
import { fold } from './fold.ts';
import type { LocalDay } from './local-day.ts';
import {
  accepted,
  anOrder,
  answered,
  asked,
  factsOf,
  registered,
  registering,
  told,
  unclear,
} from './payment.fixture.ts';
import type { Payment } from './payment.ts';

const NEXT: LocalDay = { date: '2026-01-06', fromMs: DAY.toMs, toMs: DAY.toMs + 24 * HOUR_MS };
const NONE = 'Nothing in the journal explains it: none of its payments is in doubt that day.';

function reportOf(totalMinor: number, ...payments: Payment[]): DayReport {
  const reporter = new DayReporter(DAY);
  for (const each of payments) reporter.add(each);
  return reporter.finish({ amountMinor: totalMinor, currency: 'EUR' });
}

describe('I12: that nothing is in doubt is said only of a day on which nothing is', () => {
  test.each<[string, FactBody[]]>([
    ['an alarm without an amount', [asked(), answered('7'), answered('0'), registering(), registered, told]],
    ['an unknown answer after the approval', [...good, answered('3')]],
  ])('%s', (_what, facts) => {
    const { terminal } = reportOf(1300, payment(facts));
    expect(terminal?.unexplained).toMatch(
      /^No amount in the journal explains it\. In doubt that day all the same: Order A-1, 12\.50: The terminal /,
    );
  });

  const withOrphan = (kept: Orphan): string | undefined => {
    const reporter = new DayReporter(DAY);
    reporter.add(payment(good));
    reporter.addOrphan(kept);
    return reporter.finish({ amountMinor: 1950, currency: 'EUR' }).terminal?.unexplained;
  };
  const acknowledged = { atMs: DAY.fromMs, note: 'a test card', by: 'Anna' };

  test('an orphan that names no money, until a person has looked at it', () => {
    expect(withOrphan(orphan('7', '00000000'))).toMatch(
      /In doubt that day all the same: The terminal sent an answer that belongs/,
    );
    expect(withOrphan({ ...orphan('7', '00000000'), acknowledged })).toBe(NONE);
  });

  test('an orphan with money that a person has looked at is still what the terminal may count', () => {
    const kept = { ...orphan('0', '00000300'), acknowledged };
    expect(withOrphan(kept)).toContain('an answer that belongs to no payment (a person has looked at it), 3.00');
  });

  test.each([
    ['826', '7.00 GBP'],
    ['392', '7.00 of currency 392'],
  ])('an orphan of another currency (%s): it is named', (currency, says) => {
    expect(withOrphan(orphan('0', '00000700', currency))).toContain(`all the same: The terminal approved ${says} that`);
  });

  test('a doubt of another currency: it is named, as the amount may be that of the gap', () => {
    const pounds = payment([asked(), unclear, told], { orderId: 'P', currency: 'GBP', amountMinor: 700 });
    const { terminal } = reportOf(1950, payment(good), pounds);
    expect(terminal).toMatchObject({ gapMinor: 700, explanations: [] });
    expect(terminal?.unexplained).toMatch(/all the same: Order P, 7\.00 GBP: Nobody knows/);
  });

  test.each<[string, FactBody[], FactBody, RegExp]>([
    ['an answer that nobody knows', good, answered('3'), /Order A-1, 12\.50: The terminal answered again, .*known: 3/],
    [
      'an approval in another currency',
      [asked(), unclear, told],
      answered('0', { amountTakenMinor: 1400, currencyNumeric: '840' }),
      /Order A-1, 12\.50: It was asked for on an earlier day .* The journal has it as unknown/,
    ],
  ])('on a later day, %s: it is in the report of that day', (_what, facts, fact, says) => {
    const later = { ...fact, paymentId: 'PAYMENT-1', atMs: NEXT.fromMs + HOUR_MS };
    const paid = fold([...factsOf([accepted(anOrder()), ...facts]), later]);
    if (paid === undefined) throw new Error('A payment needs facts.');
    const tomorrow = new DayReporter(NEXT);
    tomorrow.addEarlier(paid);
    const { terminal } = tomorrow.finish({ amountMinor: 1300, currency: 'EUR' });
    expect(terminal?.unexplained).toMatch(/^No amount in the journal explains it\./);
    expect(terminal?.unexplained).toMatch(says);
    expect(reportOf(0, paid).differences.map(({ kind }) => kind)).toContain('alarm');
  });

  test('of many, the first ones are named', () => {
    const odd = Array.from({ length: 12 }, (_, n) => payment([...good, answered('3')], { orderId: `N${n}` }));
    expect(reportOf(1, ...odd).terminal?.unexplained).toMatch(/Order N9, .* — and 2 more$/);
  });
});
