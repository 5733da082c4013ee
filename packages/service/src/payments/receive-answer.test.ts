import { describe, expect, test } from '@jest/globals';
import { Centre, heard, hipayTold } from './centre.fixture.ts';
import { centreLimits } from './centre-limits.ts';
import { anAnswer } from './payment.fixture.ts';
import { DOWN } from './scripted-gateway.fixture.ts';
import { settle } from './settle.fixture.ts';

const BLANK = ' '.repeat(10);

describe('rule 7: ACK once kept, however late', () => {
  test('it is kept before its ACK and before the till is told', async () => {
    const centre = new Centre();
    const result = await centre.ask();
    let atKeeping = '';
    centre.journal.refuses = (kinds) => {
      if (kinds.includes('answered')) atKeeping = heard(result);
      return false;
    };
    expect((await centre.answer()).value).toBe(true);
    expect(atKeeping).toBe('waits');
    expect(heard(result)).toBe('approved');
  });

  test('it cannot be kept: the till is told 1108 at once, no ACK; kept later, ACKed late, registered', async () => {
    const centre = new Centre();
    const result = await centre.ask();
    centre.journal.refuses = () => true;
    const ack = await centre.answer();
    expect(heard(result)).toBe('unknown 1108');
    expect(ack).toEqual({});
    await centre.pass(60 * centreLimits.keepAgainMs);
    expect(ack).toEqual({});
    expect(centre.gateway.posts).toEqual([]);
    centre.journal.refuses = () => false;
    await centre.pass(centreLimits.keepAgainMs);
    expect(ack.value).toBe(true);
    await centre.pass(1_000);
    expect(await centre.payment()).toMatchObject({ state: 'approved', registration: { status: 'registered' } });
    expect(centre.gateway.posts).toHaveLength(1);
    expect(heard(await centre.ask())).toBe('approved again');
  });

  test('meanwhile the same order charges nothing', async () => {
    const centre = new Centre();
    await centre.ask();
    centre.journal.refuses = () => true;
    await centre.answer();
    expect(heard(await centre.ask())).toMatch(/^declined|^unknown/);
    expect(centre.terminal.frames).toHaveLength(1);
  });

  test('a refusal that cannot be kept is told as 1108 too: after a crash nobody would know of it', async () => {
    const centre = new Centre();
    const result = await centre.ask();
    centre.journal.refuses = (kinds) => kinds.includes('answered');
    await centre.answer({ stat: '7' });
    expect(heard(result)).toBe('unknown 1108');
  });

  test('a doubt that is told and not yet written is young from then on, however long the machine slept before (rule 10)', async () => {
    const centre = new Centre();
    const result = await centre.ask();
    centre.clock.sleep(9 * 3_600_000);
    centre.journal.refuses = () => true;
    await centre.answer();
    expect(result.value).toMatchObject({ payment: { code: '1108', decidedAtMs: centre.clock.nowMs() } });
    expect(centre.running.lastAsked?.decidedAtMs).toBe(centre.clock.nowMs());
  });

  test('a journal that cannot be read is tried again too', async () => {
    const centre = new Centre();
    const result = await centre.ask();
    centre.journal.unreadable = true;
    const ack = await centre.answer({ privateData: BLANK });
    expect(ack).toEqual({});
    centre.journal.unreadable = false;
    await centre.pass(centreLimits.keepAgainMs);
    expect(ack.value).toBe(true);
    expect(heard(result)).toBe('approved');
  });

  test('an orphan that cannot be kept is not ACKed either', async () => {
    const centre = new Centre();
    centre.journal.refuses = () => true;
    const ack = await centre.receive(anAnswer());
    expect(ack).toEqual({});
    centre.journal.refuses = () => false;
    await centre.pass(centreLimits.keepAgainMs);
    expect(ack.value).toBe(true);
    expect(centre.journal.orphansKept).toHaveLength(1);
  });
});

describe('rule 8: what comes after the decision', () => {
  test('an odd result: 1005 at once; a later approval still counts', async () => {
    const centre = new Centre();
    const result = await centre.ask();
    await centre.answer({ stat: '5' });
    expect(heard(result)).toBe('unknown 1005');
    await centre.answer();
    await centre.pass(1_000);
    expect(await centre.payment()).toMatchObject({ state: 'approved', registration: { status: 'registered' } });
  });

  test('0 after 7: approved, registered, an alarm in the log', async () => {
    const centre = new Centre();
    expect(heard(await centre.ask())).toBe('waits');
    await centre.answer({ stat: '7', amountMinor: null });
    await centre.answer();
    await centre.pass(1_000);
    expect(await centre.payment()).toMatchObject({ state: 'approved', registration: { status: 'registered' } });
    expect(centre.log.lines).toContainEqual(expect.stringMatching(/^error: .*reported as failed/));
  });

  test('7 after 0: an alarm only, and HiPay hears nothing more', async () => {
    const centre = new Centre();
    await centre.ask();
    await centre.answer();
    await centre.answer({ stat: '7', amountMinor: null });
    await centre.pass(3_600_000);
    expect(await centre.payment()).toMatchObject({ state: 'approved', alarms: [expect.any(String)] });
    expect(centre.gateway.posts).toHaveLength(1);
  });
});

describe('I5: an answer never sends a second time what may have been sent', () => {
  test('an attempt cut off by a crash, then another answer of an approved payment: HiPay is asked first', async () => {
    const before = new Centre();
    before.gateway.timesOutAfter(60_000);
    await before.ask();
    await before.answer();
    const token = before.terminal.frames[0]?.token ?? '';
    const centre = await before.restart(1_000);
    centre.gateway.finds = () => ({
      kind: 'found',
      orders: [{ reference: '8009', amountMinor: 1250, currency: 'EUR', hasCustomData: true, paymentId: 'PAYMENT-1' }],
    });
    await centre.receive(anAnswer({ privateData: token, stat: '7' }));
    await centre.pass(200_000);
    expect(centre.gateway.posts).toEqual([]);
    expect(await centre.payment()).toMatchObject({ registration: { status: 'registered', reference: '8009' } });
  });

  test('a registration that backs off is not hurried by another answer', async () => {
    const centre = new Centre();
    centre.gateway.answers = () => DOWN;
    await centre.ask();
    await centre.answer();
    await centre.answer({ stat: '7' });
    await centre.pass(centreLimits.retryFirstMs - 1);
    expect(centre.gateway.posts).toHaveLength(1);
    await centre.pass(1);
    expect(centre.gateway.posts).toHaveLength(2);
  });
});

test('rule 13: while HiPay is away, the answer is kept without an attempt, and the till waits for nothing', async () => {
  const centre = new Centre();
  centre.presence.failed('away');
  const result = await centre.ask();
  centre.gateway.timesOutAfter(60_000);
  await centre.answer();
  expect(heard(result)).toBe('approved');
  expect(hipayTold(result)).toBe(false);
  await settle();
  expect(centre.kinds().slice(0, 3)).toEqual(['accepted', 'asked', 'answered']);
});
