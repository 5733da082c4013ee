import { ManualClock } from '@hipay-ecr/shared/manual-clock.ts';
import { describe, expect, test } from '@jest/globals';
import { Centre, heard, PatientTill } from './centre.fixture.ts';
import { centreLimits } from './centre-limits.ts';
import { KeptLog } from './log.fixture.ts';
import { MemoryJournal } from './memory-journal.fixture.ts';
import { accepted, anAnswer, anOrder, answered, asked, notSent, START_MS } from './payment.fixture.ts';
import { recordLater } from './record-later.ts';
import { RunningPayments } from './running-payments.ts';
import { pass, settle } from './settle.fixture.ts';
import { stalls, tellsLate } from './stalled-disk.fixture.ts';
import { UnfinishedRecords } from './unfinished-records.ts';

/** A payment that was refused, as its till was told, and that the terminal says later to have approved. */
async function refusedAndTold(): Promise<{ centre: Centre; approve(): Promise<unknown> }> {
  const centre = new Centre();
  const result = await centre.ask();
  await centre.answer({ stat: '7' });
  if (result.value?.kind === 'payment') result.value.told?.();
  await settle();
  const approved = anAnswer({ privateData: centre.terminal.frames[0]?.token ?? '' });
  return { centre, approve: () => centre.receive(approved) };
}

describe('rule 2: a late approval of the order while it is looked up for another try', () => {
  test.each<['byOrderId' | 'writeProblem', string]>([
    ['byOrderId', 'after its payments were read'],
    ['writeProblem', 'while it is looked whether the journal can be written'],
  ])('%s: nothing is sent, and the till hears that it is paid', async (method, _when) => {
    const { centre, approve } = await refusedAndTold();
    const disk = tellsLate(centre.journal, method);
    const again = await centre.ask();
    await approve();
    await disk.goOn();
    expect(heard(again)).toBe('declined 1110');
    expect(centre.terminal.frames).toHaveLength(1);
    expect(heard(await centre.ask())).toBe('approved again');
  });
});

test('rule 4: where nobody hears that another order was approved meanwhile, it is told again, and only then it is another sale', async () => {
  const { centre, approve } = await refusedAndTold();
  const disk = stalls(centre.journal, 'byOrderId');
  const ask = () => centre.ask({ orderId: 'B', amountMinor: 99 });
  // A terminal that is asked takes its time, even for the ENQ.
  centre.terminal.isSlow = true;
  const unheard = await ask();
  await approve();
  await disk.goOn();
  expect(heard(unheard)).toBe('declined 1110');
  expect(centre.kinds()).toEqual(['accepted', 'not_sent']);
  const again = await ask();
  expect(heard(again)).toBe('not_sent 1110 again');
  expect(centre.terminal.frames).toHaveLength(1);
  again.value?.told?.();
  centre.terminal.isSlow = false;
  await ask();
  expect(centre.terminal.frames).toHaveLength(2);
});

describe('rule 3: a frame goes out only if somebody still waits for its result', () => {
  /** A till asks, and its intent is being written. */
  async function whileWriting(centre: Centre) {
    const disk = tellsLate(centre.journal, 'append');
    const till = new PatientTill();
    const result = await centre.ask({}, till);
    return { till, result, done: disk.goOn };
  }

  test('the till hangs up while the intent is written: nothing is sent, and the next request hears so', async () => {
    const centre = new Centre();
    const { till, done } = await whileWriting(centre);
    till.waits = false;
    await done();
    expect(centre.terminal.frames).toEqual([]);
    expect(centre.kinds()).toEqual(['accepted', 'asked', 'not_sent']);
    expect(heard(await centre.ask())).toBe('not_sent 1004 again');
  });

  test('it waits: the frame goes out', async () => {
    const centre = new Centre();
    const { done } = await whileWriting(centre);
    await done();
    expect(centre.terminal.frames).toHaveLength(1);
  });

  test('rule 2: an earlier payment of the order is approved while the intent is written: nothing is sent', async () => {
    const { centre, approve } = await refusedAndTold();
    const { result, done } = await whileWriting(centre);
    await approve();
    await done();
    expect(heard(result)).toBe('declined 1110');
    expect(centre.terminal.frames).toHaveLength(1);
    result.value?.told?.();
    await settle();
    expect(centre.kinds()).toEqual(['accepted', 'asked', 'not_sent', 'told', 'traced']);
    expect((await centre.payment(2)).trace).toEqual(['> ENQ']);
  });
});

describe('rule 5: an answer that could not be kept at once, while the next payment was asked for', () => {
  const stray = anAnswer({ privateData: ' '.repeat(10), amountMinor: 999 });

  /** Payment 1 is decided, and the disk takes no orphan while another payment is asked for. */
  async function stalled(): Promise<Centre> {
    const centre = new Centre();
    await centre.ask();
    await centre.answer();
    centre.journal.refuses = (kinds) => kinds.includes('orphan');
    expect((await centre.receive(stray)).value).toBeUndefined();
    return centre;
  }

  async function askAnotherAndKeep(centre: Centre) {
    const next = await centre.ask({ orderId: 'next', amountMinor: 777 });
    centre.journal.refuses = () => false;
    await centre.pass(centreLimits.keepAgainMs);
    expect(centre.journal.orphansKept).toHaveLength(1);
    return next;
  }

  test('nobody’s answer came before the next frame, and says nothing of that payment', async () => {
    expect(heard(await askAnotherAndKeep(await stalled()))).toBe('waits');
  });

  test('rule 8: nor does one that came damaged', async () => {
    const centre = await stalled();
    void centre.answers.lost();
    expect(heard(await askAnotherAndKeep(centre))).toBe('waits');
  });
});

test('rule 12: the answer to a payment that a person has approved already begins no attempt that nobody sends', async () => {
  const centre = new Centre();
  await centre.ask();
  await centre.pass(centre.settings.paymentTimeoutMs);
  const { token = '', amountMinor = 0 } = centre.terminal.frames[0] ?? {};
  // Another payment is under way, and the backlog waits for it.
  await centre.ask({ orderId: 'another', amountMinor: 777 });
  await centre.people.resolve('PAYMENT-1', { outcome: 'approved', note: 'on the ticket', by: 'Anna' });
  await centre.receive(anAnswer({ privateData: token, amountMinor }));
  expect((await centre.payment(1)).registration).toMatchObject({ status: 'due', attempts: 0, bytesLeft: 0 });
  await centre.answer();
  await centre.pass(1_000);
  expect(centre.gateway.posts).toHaveLength(2);
  expect((await centre.payment(1)).registration).toMatchObject({ status: 'registered', attempts: 1 });
});

test('rule 7: an answer that is kept just before the end of a payment is written down decides; that its till heard otherwise is an alarm (I4)', async () => {
  const clock = new ManualClock(START_MS);
  const journal = new MemoryJournal(clock);
  await journal.append('P1', [accepted(anOrder()), asked()]);
  const read = journal.payment.bind(journal);
  journal.payment = async (paymentId) => {
    const payment = await read(paymentId);
    journal.payment = read;
    await journal.append('P1', [answered('0')]);
    return payment;
  };
  const running = new RunningPayments();
  const rooms = { journal, running, unfinished: new UnfinishedRecords(clock), log: new KeptLog() };
  recordLater('P1', { ends: notSent, told: true }, rooms);
  await pass(clock, 3 * centreLimits.keepAgainMs);
  expect(journal.kinds('P1')).toEqual(['accepted', 'asked', 'answered', 'told']);
  expect((await journal.payment('P1'))?.alarms).toHaveLength(1);
});
