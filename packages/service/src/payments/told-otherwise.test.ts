import { describe, expect, test } from '@jest/globals';
import { type Awaited, Centre, heard } from './centre.fixture.ts';
import { DAY, payment } from './day-report.fixture.ts';
import { DayReporter } from './day-report.ts';
import type { DeskResult } from './desk-result.ts';
import type { FactBody } from './fact.ts';
import type { Order } from './order.ts';
import { answered, asked, notSent, registered, registering, settled, told, unclear } from './payment.fixture.ts';
import type { Outcome, Payment } from './payment.ts';
import { settle } from './settle.fixture.ts';
import { tellsLate } from './stalled-disk.fixture.ts';

/** What the report says of the till; the payment's line says the same. */
function ofTheTill(of: Payment): string[] {
  const reporter = new DayReporter(DAY);
  reporter.add(of);
  const { differences, payments } = reporter.finish();
  const isAtOdds = differences.some(({ kind }) => kind === 'not_told');
  expect(payments).toMatchObject([{ isTold: !isAtOdds }]);
  return differences.flatMap(({ kind, sentence }) => (kind === 'not_told' ? [sentence] : []));
}

const NEVER = [expect.stringMatching(/never got the result/)];
const OTHERWISE = [expect.stringMatching(/been told otherwise/)];

async function hears({ value }: Awaited<DeskResult>): Promise<void> {
  value?.told?.();
  await settle();
}

/** Nobody knows what became of payment 1, as its till is about to hear. */
async function inDoubt(order: Partial<Order> = {}) {
  const centre = new Centre();
  const result = await centre.ask(order);
  await centre.pass(centre.settings.paymentTimeoutMs);
  expect(heard(result)).toBe('unknown 1001');
  return { centre, result, approve: () => centre.answer() };
}

describe('I7, I12: an answer is kept between the result and the word that the till has it', () => {
  test('the report says that the till was told otherwise, as if the word had come first', async () => {
    const { centre, result, approve } = await inDoubt();
    await approve();
    await hears(result);
    await centre.pass(1_000);
    expect(centre.kinds()).toEqual(expect.arrayContaining(['unclear', 'answered', 'told']));
    expect(ofTheTill(await centre.payment())).toEqual(OTHERWISE);
  });

  test('a repetition of it likewise', async () => {
    const { centre, approve } = await inDoubt();
    const again = await centre.ask();
    expect(heard(again)).toBe('unknown 1001 again');
    await approve();
    await hears(again);
    expect(ofTheTill(await centre.payment())).toEqual(OTHERWISE);
  });

  test('the till that hears of the approval itself has been told', async () => {
    const { centre, approve } = await inDoubt();
    await approve();
    await hears(await centre.ask());
    expect(ofTheTill(await centre.payment())).toEqual([]);
  });
});

test.each<['byOrderId' | 'byIdempotencyKey' | 'untoldByBody', Partial<Order>]>([
  ['byOrderId', {}],
  ['byIdempotencyKey', { idempotencyKey: 'key' }],
  ['untoldByBody', { orderIdGiven: false }],
])('a repetition that was read (%s) before the approval is read again', async (method, order) => {
  const { centre, approve } = await inDoubt(order);
  const disk = tellsLate(centre.journal, method);
  const again = await centre.ask(order);
  await approve();
  await disk.goOn();
  expect(heard(again)).toBe('approved again');
});

describe('I4: told that nothing was charged, and approved', () => {
  const as = (outcome: Outcome): FactBody => ({ kind: 'told', outcome });
  const alarm = expect.stringMatching(/reported as failed/);

  test.each<[string, FactBody[], unknown[]]>([
    ['told not_sent once it was approved', [asked(), answered('0'), as('not_sent')], [alarm]],
    ['told refused once it was approved', [asked(), answered('0'), as('refused')], [alarm]],
    ['told not_sent, in doubt, then approved', [asked(), unclear, as('not_sent'), answered('0')], [alarm]],
    ['the alarm is up already', [asked(), notSent, answered('0'), as('not_sent')], [alarm]],
    ['told not_sent twice', [asked(), answered('0'), as('not_sent'), as('not_sent')], [alarm]],
    ['told unknown', [asked(), unclear, answered('0'), as('unknown')], []],
    ['a person has approved it', [asked(), answered('7'), as('refused'), settled('approved')], []],
    ['and HiPay is told', [asked(), answered('7'), as('refused'), settled('approved'), registering(), registered], []],
    ['an old word', [asked(), answered('0'), told], []],
  ])('%s', (_what, facts, expected) => {
    expect(payment(facts).alarms).toEqual(expected);
  });
});

describe('what was told is compared with what stands', () => {
  const as = (outcome: Outcome): FactBody => ({ kind: 'told', outcome });
  const yes = [answered('0'), registering(), registered];

  test.each<[string, FactBody[], unknown]>([
    ['never told', [asked(), ...yes], NEVER],
    ['approved, and told so', [asked(), ...yes, as('approved')], []],
    ['told unknown, after the approval', [asked(), unclear, ...yes, as('unknown')], OTHERWISE],
    ['told unknown, before the approval', [asked(), unclear, as('unknown'), ...yes], OTHERWISE],
    ['told not_sent', [notSent, ...yes, as('not_sent')], OTHERWISE],
    ['told approved, then what was read before', [asked(), unclear, ...yes, as('approved'), as('unknown')], OTHERWISE],
    ['told unknown, then approved', [asked(), unclear, ...yes, as('unknown'), as('approved')], OTHERWISE],
    [
      'told approved, as a person then took back and gave again',
      [asked(), answered('0'), as('approved'), settled('refused'), settled('approved'), registering(), registered],
      [],
    ],
    ['told refused, which stands', [asked(), answered('7'), as('refused')], []],
    ['an old word: what stood then', [asked(), unclear, ...yes, told], []],
    ['an old word before the approval', [asked(), unclear, told, ...yes], OTHERWISE],
  ])('%s', (_what, facts, expected) => {
    expect(ofTheTill(payment(facts))).toEqual(expected);
  });
});
