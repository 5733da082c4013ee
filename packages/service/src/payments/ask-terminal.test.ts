import { describe, expect, test } from '@jest/globals';
import { Centre, heard, PatientTill } from './centre.fixture.ts';
import { centreLimits } from './centre-limits.ts';
import { anAnswer } from './payment.fixture.ts';
import { settle } from './settle.fixture.ts';

describe('not sent: the till is told at once, the terminal holds nothing', () => {
  test.each([
    ['absent', '1004'],
    ['silent', '1004'],
    ['busy', '1004'],
    ['cancelled', '1004'],
    ['refused', '1004'],
    ['not_encodable', '1008'],
  ] as const)('%s: %s, recorded before it is told', async (reason, code) => {
    const centre = new Centre();
    centre.terminal.failsBeforeFrame = { delivered: false, reached: 'no', reason, detail: `it is ${reason}` };
    const result = await centre.ask();
    expect(heard(result)).toBe(`not_sent ${code}`);
    const because = code === '1004' ? { notSentBecause: reason } : {};
    expect(await centre.payment()).toMatchObject({ state: 'not_sent', code, detail: `it is ${reason}`, ...because });
    expect(centre.kinds()).toEqual(['accepted', 'not_sent']);
    expect(centre.desk.busy).toBe(false);
  });

  test('every transmission got NAK: not sent, although it was asked', async () => {
    const centre = new Centre();
    centre.terminal.failsAfterFrame = { delivered: false, reached: 'no', reason: 'refused', detail: 'three NAKs' };
    expect(heard(await centre.ask())).toBe('not_sent 1004');
    expect(centre.kinds()).toEqual(['accepted', 'asked', 'not_sent']);
    expect(centre.running.lastAsked?.state).toBe('not_sent');
  });

  test('it may be acting on it: the payment runs on, and its answer counts', async () => {
    const centre = new Centre();
    centre.terminal.failsAfterFrame = { delivered: false, reached: 'maybe', detail: 'no ACK came' };
    const result = await centre.ask();
    expect(heard(result)).toBe('waits');
    await centre.answer();
    expect(heard(result)).toBe('approved');
  });

  test('the time is over before the terminal acknowledges: not sent', async () => {
    const centre = new Centre({ settings: { paymentTimeoutMs: 20_000 } });
    centre.terminal.isSlow = true;
    const result = await centre.ask();
    await centre.pass(19_999);
    expect(heard(result)).toBe('waits');
    await centre.pass(1);
    expect(heard(result)).toBe('not_sent 1004');
    expect(centre.terminal.frames).toEqual([]);
  });
});

test('rule 8: a frame that was held too long needs another proof, and its intent is written once', async () => {
  const centre = new Centre();
  centre.terminal.proofs = 3;
  const tried: string[][] = [];
  centre.journal.refuses = (kinds) => {
    tried.push(kinds);
    return false;
  };
  await centre.ask();
  expect(tried).toEqual([['accepted', 'asked']]);
  expect(centre.terminal.frames).toHaveLength(1);
});

describe('rule 3: a frame goes out only if somebody still waits', () => {
  test('the till hung up while the terminal was waited for: nothing is sent, nothing is asked', async () => {
    const centre = new Centre();
    centre.terminal.isSlow = true;
    const till = new PatientTill();
    const result = await centre.ask({}, till);
    till.waits = false;
    centre.terminal.acknowledge();
    await settle();
    expect(heard(result)).toBe('not_sent 1004');
    expect(centre.terminal.frames).toEqual([]);
    expect(centre.kinds()).toEqual(['accepted', 'not_sent']);
  });

  test('somebody else joined and waits: it goes out, and both share the result', async () => {
    const centre = new Centre();
    centre.terminal.isSlow = true;
    const first = new PatientTill();
    const gone = await centre.ask({}, first);
    const joined = await centre.ask();
    first.waits = false;
    centre.terminal.acknowledge();
    await settle();
    expect(centre.terminal.frames).toHaveLength(1);
    await centre.answer();
    expect([heard(gone), heard(joined)]).toEqual(['approved', 'approved']);
  });

  test('once the frame is out, hanging up changes nothing', async () => {
    const centre = new Centre();
    const till = new PatientTill();
    await centre.ask({}, till);
    till.waits = false;
    await centre.answer();
    expect((await centre.payment()).state).toBe('approved');
    expect(heard(await centre.ask())).toBe('approved again');
  });
});

describe('1107: the journal cannot be written, so nothing is sent', () => {
  test('at the intent: no frame; once the journal can be written, the payment ends as not sent', async () => {
    const centre = new Centre();
    centre.journal.refuses = () => true;
    const result = await centre.ask();
    expect(heard(result)).toBe('declined 1107');
    expect(centre.terminal.frames).toEqual([]);
    expect(centre.desk.busy).toBe(false);
    await centre.pass(10 * centreLimits.keepAgainMs);
    expect(centre.kinds()).toEqual([]);
    centre.journal.refuses = () => false;
    await centre.pass(centreLimits.keepAgainMs);
    expect(await centre.payment()).toMatchObject({ state: 'not_sent', code: '1107' });
    expect(centre.kinds()).toEqual(['accepted', 'not_sent', 'told']);
  });

  test('afterwards the same order is a new payment', async () => {
    const centre = new Centre();
    centre.journal.refuses = () => true;
    await centre.ask();
    centre.journal.refuses = () => false;
    await centre.pass(centreLimits.keepAgainMs);
    const result = await centre.ask();
    await centre.answer();
    expect(heard(result)).toBe('approved');
    expect(centre.terminal.frames).toHaveLength(1);
  });

  test('at the end of a payment that was not sent', async () => {
    const centre = new Centre();
    centre.terminal.failsAfterFrame = { delivered: false, reached: 'no', reason: 'refused', detail: 'three NAKs' };
    centre.journal.refuses = (kinds) => kinds.includes('not_sent');
    expect(heard(await centre.ask())).toBe('declined 1107');
    expect((await centre.payment()).state).toBe('running');
    centre.journal.refuses = () => false;
    await centre.pass(centreLimits.keepAgainMs);
    expect((await centre.payment()).state).toBe('not_sent');
    // Rule 10: the device that was asked is expected no longer.
    expect(centre.running.lastAsked?.state).toBe('not_sent');
  });
});

describe('I4: the till has heard 1107, and the terminal took the frame that it seemed to refuse', () => {
  test.each([0, 60_000])('its approval raises the alarm, after %i ms without a disk', async (awayMs) => {
    const centre = new Centre();
    centre.terminal.failsAfterFrame = { delivered: false, reached: 'no', reason: 'refused', detail: 'three NAKs' };
    centre.journal.refuses = (kinds) => kinds.includes('not_sent') || kinds.includes('told');
    expect(heard(await centre.ask())).toBe('declined 1107');
    await centre.answer();
    await centre.pass(awayMs);
    centre.journal.refuses = () => false;
    await centre.pass(centreLimits.keepAgainMs);
    const payment = await centre.payment();
    expect(payment).toMatchObject({ state: 'approved', toldAs: 'not_sent', toldOtherwise: true });
    expect(payment.alarms).toEqual([expect.stringMatching(/reported as failed/)]);
    expect(centre.log.lines).toContainEqual(expect.stringMatching(/reported as failed/));
    await centre.pass(10 * centreLimits.keepAgainMs);
    expect(centre.kinds().filter((kind) => kind === 'told')).toHaveLength(1);
  });
});

test('rule 8: an answer that came to a frame which seems to have been refused decides, though another payment was approved meanwhile', async () => {
  const centre = new Centre();
  await centre.ask({ orderId: 'A' });
  await centre.pass(centre.settings.paymentTimeoutMs);
  const ofA = anAnswer({ privateData: centre.terminal.frames[0]?.token ?? '' });
  centre.terminal.isHeld = true;
  centre.terminal.failsAfterFrame = { delivered: false, reached: 'no', reason: 'refused', detail: 'three NAKs' };
  const b = await centre.ask({ orderId: 'B', amountMinor: 990 });
  await centre.receive(ofA);
  const token = (await centre.payment(2)).asked?.token ?? '';
  await centre.receive(anAnswer({ privateData: token, amountMinor: 990 }));
  centre.terminal.letGo();
  await settle();
  expect(heard(b)).toBe('approved');
  expect(await centre.payment(2)).toMatchObject({ state: 'approved' });
});
