import { describe, expect, test } from '@jest/globals';
import { Centre, heard } from './centre.fixture.ts';
import { centreLimits } from './centre-limits.ts';
import { anAnswer } from './payment.fixture.ts';
import type { TerminalAnswer } from './ports.ts';

const BLANK = ' '.repeat(10);
const REFUSED = { delivered: false, reached: 'no', reason: 'refused', detail: 'NAK, three times' } as const;
const SILENT = { delivered: false, reached: 'no', reason: 'silent', detail: 'no answer' } as const;

type Reading = Partial<NonNullable<TerminalAnswer['reading']>>;

/** Without our token, in a session that began before the newest request's frame was out. */
const before = (reading: Reading = {}) => anAnswer({ privateData: BLANK, ...reading }, { afterOurFrame: false });

/** Payment 1, which ends as `answer` says; or in doubt, where it says nothing. */
async function withFirst(answer?: Reading): Promise<Centre> {
  const centre = new Centre();
  await centre.ask({ orderId: 'first' });
  if (answer === undefined) await centre.pass(centre.settings.paymentTimeoutMs);
  else await centre.answer({ privateData: BLANK, ...answer });
  await centre.pass(5_000);
  return centre;
}

/** Payment 2, whose frame got NAK three times, though the terminal may have taken it: an ACK can look like one. */
async function refused(centre: Centre, amountMinor: number): Promise<void> {
  centre.terminal.failsAfterFrame = REFUSED;
  expect(heard(await centre.ask({ orderId: 'second', amountMinor }))).toBe('not_sent 1004');
  centre.terminal.failsAfterFrame = undefined;
  await centre.pass(5_000);
}

/** The next payment: its intent is durable, and its frame waits for the terminal's own word. */
async function next(centre: Centre): Promise<void> {
  centre.terminal.isHeld = true;
  expect(heard(await centre.ask({ orderId: 'next', amountMinor: 990 }))).toBe('waits');
}

describe('rule 5: without its token an answer is about the request that was out when it began', () => {
  test('the one in doubt gets its late answer while the next one is asked for', async () => {
    const centre = await withFirst();
    await next(centre);
    expect((await centre.receive(before())).value).toBe(true);
    expect(await centre.payment(1)).toMatchObject({ state: 'approved' });
    expect(await centre.payment(2)).toMatchObject({ state: 'running' });
  });

  test('and after one that the terminal never had', async () => {
    const centre = await withFirst();
    centre.terminal.failsBeforeFrame = SILENT;
    await centre.ask({ orderId: 'silent', amountMinor: 990 });
    await centre.receive(before());
    expect(await centre.payment(1)).toMatchObject({ state: 'approved' });
  });

  test('the same after a restart, before the new process has asked for anything', async () => {
    const centre = await (await withFirst()).restart(1_000);
    await next(centre);
    await centre.receive(before());
    expect(await centre.payment(1)).toMatchObject({ state: 'approved' });
  });

  test('one that cannot be kept for a while is not the answer of the payment that is asked for meanwhile', async () => {
    const centre = await withFirst();
    centre.journal.refuses = (kinds) => kinds.includes('answered');
    await centre.receive(anAnswer({ privateData: BLANK }));
    await centre.pass(5_000);
    expect(heard(await centre.ask({ orderId: 'next' }))).toBe('declined 1110');
    await centre.pass(5_000);
    expect(heard(await centre.ask({ orderId: 'next' }))).toBe('waits');
    centre.journal.refuses = () => false;
    await centre.pass(centreLimits.keepAgainMs);
    expect(await centre.payment(1)).toMatchObject({ state: 'approved' });
  });

  test('of one whose doubt cannot be written yet: still its own, not that of one before it', async () => {
    const centre = await withFirst({});
    centre.journal.refuses = (kinds) => kinds.includes('unclear');
    const second = await centre.ask({ orderId: 'second' });
    await centre.pass(centre.settings.paymentTimeoutMs);
    expect(heard(second)).toMatch(/^unknown/);
    await next(centre);
    await centre.receive(before());
    expect(await centre.payment(2)).toMatchObject({ state: 'approved', order: { orderId: 'second' } });
  });
});

describe("rule 5, rule 8: a request that got NAK throughout has no answer, and what may be its answer is nobody else's", () => {
  test.each([
    ['while the next one is asked for', next],
    [
      'after the next one was given up',
      async (centre: Centre) => {
        centre.terminal.failsBeforeFrame = SILENT;
        await centre.ask({ orderId: 'next', amountMinor: 990 });
      },
    ],
  ])('the very bytes of the payment before it are an orphan, no repetition: %s', async (_when, goOn) => {
    const centre = await withFirst({});
    await refused(centre, 1_250);
    await goOn(centre);
    expect((await centre.receive(before())).value).toBe(true);
    expect(centre.journal.orphansKept).toHaveLength(1);
  });

  test('a refusal without an amount does not end the payment in doubt before it', async () => {
    const centre = await withFirst();
    await refused(centre, 777);
    await next(centre);
    await centre.receive(before({ stat: '7', amountMinor: null }));
    expect(await centre.payment(1)).toMatchObject({ state: 'unknown' });
    expect(centre.journal.orphansKept).toHaveLength(1);
  });

  test('an approval of the same amount does not approve it either', async () => {
    const centre = await withFirst();
    await refused(centre, 777);
    await next(centre);
    await centre.receive(before({ amountMinor: 1_250 }));
    expect(await centre.payment(1)).toMatchObject({ state: 'unknown' });
    expect(centre.journal.orphansKept).toHaveLength(1);
  });
});
