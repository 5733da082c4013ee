import { ManualClock } from '@hipay-ecr/shared/manual-clock.ts';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { centreLimits } from './centre-limits.ts';
import type { FactBody } from './fact.ts';
import { matchAnswer } from './match-answer.ts';
import { MemoryJournal } from './memory-journal.fixture.ts';
import type { Order } from './order.ts';
import { accepted, anAnswer, anOrder, answered, asked, DEVICE, START_MS, settled, unclear } from './payment.fixture.ts';
import type { TerminalAnswer } from './ports.ts';

const DAY_MS = 24 * 3_600_000;
const BLANK = ' '.repeat(10);
const OLD = '1111111111';
const LAST = '2222222222';
const STRANGE = '3333333333';

let clock: ManualClock;
let journal: MemoryJournal;
let written: string | undefined;

beforeEach(() => {
  clock = new ManualClock(START_MS);
  journal = new MemoryJournal(clock);
  written = undefined;
});

/** Writes a payment down; the one written last is the one whose frame was the last one out. */
async function payment(id: string, token: string, order: Partial<Order> = {}, ...more: FactBody[]): Promise<void> {
  await journal.append(id, [accepted(anOrder({ orderId: id, ...order })), asked(token), ...more]);
  written = id;
}

async function whose(answer: TerminalAnswer, lastOut = written): Promise<string> {
  const match = await matchAnswer(answer, { lastOut }, journal, clock.nowMs());
  return match.kind === 'payment' ? `${match.payment.paymentId} by ${match.matchedBy}` : match.kind;
}

describe('rule 5 (1): a token of ours', () => {
  test.each([0, DAY_MS, 365 * DAY_MS])('belongs to its payment at any age: %d ms', async (ageMs) => {
    await payment('old', OLD, {}, unclear);
    await payment('last', LAST);
    clock.advance(ageMs);
    expect(await whose(anAnswer({ privateData: OLD }))).toBe('old by token');
  });

  test('whatever else the answer says: amount, currency, POS number, when its session was opened', async () => {
    await payment('old', OLD);
    const answer = { privateData: OLD, amountMinor: 1, currencyNumeric: '840', posNumber: '99' };
    expect(await whose(anAnswer(answer, { afterOurFrame: false }))).toBe('old by token');
  });

  test('also where the payment is decided or settled', async () => {
    await payment('approved', OLD, {}, answered('0'));
    await payment('settled', LAST, {}, settled('refused'));
    expect(await whose(anAnswer({ privateData: OLD, stat: '7' }))).toBe('approved by token');
    expect(await whose(anAnswer({ privateData: LAST }))).toBe('settled by token');
  });
});

describe('rule 5 (2): without a token, only the payment last asked', () => {
  test.each([BLANK, '', '123', '12345678901', 'abcdefghij', STRANGE])('private field %j', async (privateData) => {
    await payment('last', LAST);
    expect(await whose(anAnswer({ privateData }))).toBe('last by last_asked');
  });

  test.each([
    ['amount', { amountMinor: 1251 }],
    ['blank amount of an approval', { amountMinor: null }],
    ['zero amount of an approval', { amountMinor: 0 }],
    ['currency', { currencyNumeric: '840' }],
    ['POS number', { posNumber: '02' }],
    ['another amount of a refusal', { stat: '7', amountMinor: 1251 }],
    ['blank amount of an unknown result', { stat: '3', amountMinor: null }],
  ])('is not its own where it differs: %s', async (_what, differs) => {
    await payment('last', LAST);
    expect(await whose(anAnswer({ privateData: BLANK, ...differs }))).toBe('orphan');
  });

  test('is not its own where each transmission of its request got NAK: an earlier one may be meant', async () => {
    await payment('earlier', OLD, {}, unclear);
    await payment('last', LAST, {}, { kind: 'not_sent', code: '1004', detail: 'NAK three times' });
    expect(await whose(anAnswer({ privateData: BLANK }))).toBe('orphan');
    expect(await whose(anAnswer({ privateData: LAST }))).toBe('last by token');
  });

  test.each([0, null, 1250])('a refusal (STAT 7) may give the amount as %j', async (amountMinor) => {
    await payment('last', LAST);
    expect(await whose(anAnswer({ privateData: BLANK, stat: '7', amountMinor }))).toBe('last by last_asked');
  });

  test('a session that began before the frame of the payment last written speaks of the one before it', async () => {
    await payment('doubt', OLD, {}, unclear);
    await payment('last', LAST, { amountMinor: 900 });
    expect(await whose(anAnswer({ privateData: BLANK }), 'doubt')).toBe('doubt by last_asked');
    expect(await whose(anAnswer({ privateData: BLANK, amountMinor: 900 }), 'doubt')).toBe('orphan');
  });

  test('never an older payment, though all of it fits, and never by amount alone', async () => {
    await payment('old', OLD, { amountMinor: 700 });
    await payment('last', LAST, { amountMinor: 900 });
    expect(await whose(anAnswer({ privateData: BLANK, amountMinor: 700 }))).toBe('orphan');
  });

  test('nothing was ever asked: an orphan', async () => {
    expect(await whose(anAnswer({ privateData: BLANK }))).toBe('orphan');
    expect(await whose(anAnswer({ privateData: STRANGE }))).toBe('orphan');
  });
});

describe('rule 5 (3): the same bytes as an answer kept are a repeat', () => {
  test('of a payment, at any age', async () => {
    const answer = anAnswer({ privateData: OLD });
    await payment('old', OLD, {}, answered('0', { bytesMasked: answer.bytesMasked }));
    await payment('last', LAST);
    clock.advance(DAY_MS);
    expect(await whose(answer)).toBe('repeat');
  });

  test('of a payment that has had another answer since', async () => {
    const answer = anAnswer({ privateData: OLD, stat: '7' });
    await payment('old', OLD, {}, answered('7', { bytesMasked: answer.bytesMasked }), answered('0'));
    expect(await whose(answer)).toBe('repeat');
  });

  test('other bytes of the same payment are a new fact', async () => {
    await payment('old', OLD, {}, answered('0'));
    expect(await whose(anAnswer({ privateData: OLD, stat: '7' }))).toBe('old by token');
  });

  test("the same bytes without a token, once another payment of that money was asked, are that payment's answer", async () => {
    const answer = anAnswer({ privateData: BLANK });
    await payment('old', OLD, {}, answered('0', { bytesMasked: answer.bytesMasked }));
    await payment('last', LAST);
    expect(await whose(answer)).toBe('last by last_asked');
  });

  test('of an orphan, for as long as a terminal repeats', async () => {
    const answer = anAnswer({ privateData: BLANK, amountMinor: 1 });
    await journal.appendOrphan({ bytesMasked: answer.bytesMasked, why: 'test', device: DEVICE });
    clock.advance(centreLimits.repeatedAnswerMs);
    expect(await whose(answer)).toBe('repeat');
    clock.advance(1);
    expect(await whose(answer)).toBe('orphan');
  });

  test('of a payment that is not the last one, without its token, in a session from before our frame', async () => {
    const answer = anAnswer({ privateData: BLANK });
    await payment('old', OLD, {}, unclear);
    clock.advance(5_000);
    await journal.append('old', [answered('0', { bytesMasked: answer.bytesMasked })]);
    clock.advance(5_000);
    await payment('last', LAST, { amountMinor: 900 });
    expect(await whose(answer, 'old')).toBe('repeat');
  });

  test('not of what was kept before our frame, in a session from after it: the terminal speaks of something new', async () => {
    const [old, stray] = [anAnswer({ privateData: BLANK }), anAnswer({ privateData: BLANK, amountMinor: 1 })];
    await payment('old', OLD, {}, answered('0', { bytesMasked: old.bytesMasked }));
    await journal.appendOrphan({ bytesMasked: stray.bytesMasked, why: 'test', device: DEVICE });
    clock.advance(5_000);
    await payment('last', LAST, { amountMinor: 900 });
    expect(await whose(old)).toBe('orphan');
    expect(await whose(stray)).toBe('orphan');
  });
});

describe('rule 5 (4) and rule 6: what cannot be read', () => {
  const dialect = anAnswer({}, { reading: null, bytesMasked: 'odd' });

  test('is an orphan', async () => {
    await payment('last', LAST);
    expect(await whose(dialect)).toBe('orphan');
  });

  test('is a repeat where it was kept since our frame went out', async () => {
    await payment('last', LAST);
    clock.advance(5_000);
    await journal.appendOrphan({ bytesMasked: dialect.bytesMasked, why: 'test', device: DEVICE });
    clock.advance(5_000);
    expect(await whose(dialect)).toBe('repeat');
  });

  test('is no repeat of what was kept before our frame went out: the terminal answers something new', async () => {
    await journal.appendOrphan({ bytesMasked: dialect.bytesMasked, why: 'test', device: DEVICE });
    clock.advance(5_000);
    await payment('last', LAST);
    expect(await whose(dialect)).toBe('orphan');
  });

  test("rule 18: nor where the journal's time has stood still since", async () => {
    await journal.appendOrphan({ bytesMasked: dialect.bytesMasked, why: 'test', device: DEVICE });
    await payment('last', LAST);
    expect(await whose(dialect)).toBe('orphan');
  });
});
