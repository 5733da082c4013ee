import { ManualClock } from '@hipay-ecr/shared/manual-clock.ts';
import { recordingLog } from '../../test/support/recording-log.ts';
import { journalOver, type KeptJournal } from '../journal/journal.ts';
import { MemoryStore } from '../journal/memory-store.ts';
import type { FactBody } from '../payments/fact.ts';
import * as the from '../payments/payment.fixture.ts';
import { loggingFacts } from './fact-log.ts';

const ORDER = the.anOrder({ orderId: 'A-1', customer: { firstname: 'Ada', email: 'ada@example.org' } });
const unparked: FactBody = { kind: 'unparked', target: the.TARGET, hipayOrderId: 'A-1-x', by: 'Anna' };

/** One of each kind, in an order that makes sense. */
const facts: [FactBody, level: string, words: RegExp][] = [
  [the.accepted(ORDER), 'info', /A till asks for 12\.50 EUR/],
  [the.asked(), 'info', /The terminal is asked.*usb-Ingenico_1/],
  [the.unclear, 'warn', /is not known: no result in time.*1001/],
  [the.answered('0'), 'info', /The terminal answered, 12\.50: approved.*"stat":"0".*token/],
  [the.registering(), 'info', /attempt 1.*A-1.*NFC0001/],
  [the.notRegistered(), 'warn', /attempt 1 has failed/],
  [the.lookedUp, 'info', /HiPay has nothing of attempt 1/],
  [the.parked, 'error', /A registration is parked: currency not supported.*3010001/],
  [unparked, 'info', /A person sends.*Anna/],
  [the.registered, 'info', /Registered with HiPay.*800001/],
  [the.told, 'info', /The till has its answer: approved/],
  [the.traced, 'debug', /bytes of the line/],
];

describe('each fact that is on disk is one line of the log', () => {
  let log: ReturnType<typeof recordingLog>;
  let kept: KeptJournal;
  let journal: KeptJournal;
  beforeEach(() => {
    log = recordingLog();
    const clock = new ManualClock(the.START_MS);
    kept = journalOver(new MemoryStore(), clock);
    journal = loggingFacts(kept, log);
  });

  test('what the terminal took in another currency is named as such', async () => {
    const elsewhere = the.answered('0', { currencyNumeric: '840' });
    for (const fact of [the.accepted(ORDER), the.asked(), elsewhere]) await journal.append('P1', [fact]);
    expect(log.lines.at(-1)).toMatch(/^warn: The terminal answered, 12\.50 of currency 840: unknown/);
  });

  test('with payment id and order id, and what matters, in words', async () => {
    for (const [fact] of facts) await journal.append('P1', [fact]);
    expect(log.lines).toHaveLength(facts.length);
    for (const [n, [, level, words]] of facts.entries()) {
      expect(log.lines[n]).toMatch(new RegExp(`^${level}: `));
      expect(log.lines[n]).toMatch(words);
      expect(log.lines[n]).toContain('"paymentId":"P1","orderId":"A-1"');
    }
  });

  test('of one commit each for itself', async () => {
    await journal.append('P1', [the.accepted(ORDER), the.notSent]);
    expect(log.lines).toHaveLength(2);
    expect(log.lines[1]).toMatch(/^warn: The terminal was not asked: the terminal is not connected\..*"code":"1004"/);
  });

  test('a detail that ends as a sentence does gets no full stop of its own', async () => {
    const detail = 'its port is not there: is its cable plugged in?';
    await journal.append('P1', [the.accepted(ORDER), { kind: 'not_sent', code: '1004', detail }]);
    expect(log.lines[1]).toContain(`The terminal was not asked: ${detail} {`);
  });

  test('an orphan, and an answer against what a person had settled, are errors', async () => {
    await journal.appendOrphan({ bytesMasked: '0100', why: 'it is nobody’s', device: the.DEVICE });
    expect(log.lines.splice(0)).toEqual([expect.stringMatching(/^error: .*belongs to no payment: it is nobody’s/)]);
    await journal.append('P1', [the.accepted(ORDER), the.asked(), the.unclear, the.settled('refused')]);
    await journal.append('P1', [the.answered('0')]);
    expect(log.lines.at(-1)).toMatch(/^error: The terminal answered, 12\.50: unknown/);
  });

  test('what only the journal may hold is in none: who buys, a person’s note', async () => {
    await journal.append('P1', [the.accepted(ORDER), the.asked(), the.unclear]);
    await journal.append('P1', [the.settled('approved', { note: 'Ada showed her ticket', by: 'Anna' })]);
    expect(log.lines.at(-1)).toMatch(/^warn: A person has settled the payment: approved.*Anna/);
    expect(log.lines.join()).not.toMatch(/Ada|example\.org/);
  });

  test('what is not on disk is not said, and whoever asked for it hears why', async () => {
    await journal.append('P1', [the.accepted(ORDER), the.asked()]);
    log.lines.length = 0;
    await expect(journal.append('P1', [the.unclear], { ifVersion: 7 })).rejects.toThrow();
    expect(log.lines).toEqual([]);
  });
});
