import { ManualClock } from '@hipay-ecr/shared/manual-clock.ts';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { centreLimits } from './centre-limits.ts';
import { silentLog } from './log.fixture.ts';
import { MemoryJournal } from './memory-journal.fixture.ts';
import { accepted, answered, asked, notSent, unclear } from './payment.fixture.ts';
import { recordLater } from './record-later.ts';
import { RunningPayments } from './running-payments.ts';
import { pass, settle } from './settle.fixture.ts';
import { UnfinishedRecords } from './unfinished-records.ts';

let clock: ManualClock;
let journal: MemoryJournal;
let running: RunningPayments;
let unfinished: UnfinishedRecords;
beforeEach(() => {
  clock = new ManualClock();
  journal = new MemoryJournal(clock);
  running = new RunningPayments();
  unfinished = new UnfinishedRecords(clock);
});

const begin = () =>
  recordLater('P', { begins: accepted(), ends: notSent }, { journal, running, unfinished, log: silentLog });

describe('a commit that failed counts as not made for acting, and as made for recovering', () => {
  test('the journal does not show it: the payment is written with its end', async () => {
    begin();
    await pass(clock, centreLimits.keepAgainMs);
    expect(journal.kinds('P')).toEqual(['accepted', 'not_sent']);
  });

  test('the journal shows it: its end is added', async () => {
    running.asked(await journal.append('P', [accepted(), asked()]));
    begin();
    await pass(clock, centreLimits.keepAgainMs);
    expect((await journal.payment('P'))?.state).toBe('not_sent');
    expect(journal.kinds('P')).toEqual(['accepted', 'asked', 'not_sent']);
    expect(running.lastAsked?.state).toBe('not_sent');
  });

  test('it ended otherwise meanwhile: that stands', async () => {
    running.asked(await journal.append('P', [accepted(), asked()]));
    await journal.append('P', [answered('0')]);
    begin();
    await pass(clock, 10 * centreLimits.keepAgainMs);
    expect(journal.kinds('P')).toEqual(['accepted', 'asked', 'answered']);
    expect(running.lastAsked?.state).toBe('approved');
  });

  test('it is tried each second, for as long as it takes, and written once', async () => {
    await journal.append('P', [accepted(), asked()]);
    let tries = 0;
    journal.refuses = () => {
      tries += 1;
      return tries <= 100;
    };
    recordLater('P', { ends: unclear }, { journal, running, unfinished, log: silentLog });
    await pass(clock, 100 * centreLimits.keepAgainMs);
    expect(journal.kinds('P')).not.toContain('unclear');
    await pass(clock, 10 * centreLimits.keepAgainMs);
    expect(journal.kinds('P')).toEqual(['accepted', 'asked', 'unclear']);
    expect(tries).toBe(101);
  });

  test('it was written though the disk said otherwise: what the till was told is written once', async () => {
    const append = journal.append.bind(journal);
    journal.append = async (...given) => {
      await append(...given);
      journal.append = append;
      throw new Error('the sync failed');
    };
    recordLater(
      'P',
      { begins: accepted(), ends: notSent, told: true },
      { journal, running, unfinished, log: silentLog },
    );
    await pass(clock, 3 * centreLimits.keepAgainMs);
    expect(journal.kinds('P')).toEqual(['accepted', 'not_sent', 'told']);
  });

  test('a journal that cannot be read is tried again too', async () => {
    journal.unreadable = true;
    begin();
    await pass(clock, 5 * centreLimits.keepAgainMs);
    journal.unreadable = false;
    await pass(clock, centreLimits.keepAgainMs);
    expect(journal.kinds('P')).toEqual(['accepted', 'not_sent']);
  });
});

describe('at a stop', () => {
  test('it is tried once more, at once', async () => {
    begin();
    await unfinished.finish();
    expect(journal.kinds('P')).toEqual(['accepted', 'not_sent']);
  });

  test('what one that is over has left is waited for, too', async () => {
    const [first, second] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    unfinished.add(first.promise.then(() => unfinished.add(second.promise)));
    let isOver = false;
    void unfinished.finish().then(() => (isOver = true));
    first.resolve();
    await settle();
    expect(isOver).toBe(false);
    second.resolve();
    await settle();
    expect(isOver).toBe(true);
  });

  test('a disk that still refuses it holds nothing up, and is asked no more', async () => {
    let tries = 0;
    journal.refuses = () => {
      tries += 1;
      return true;
    };
    begin();
    await unfinished.finish();
    expect(tries).toBe(1);
    begin();
    await settle();
    expect(tries).toBe(2);
    expect(clock.untilNextMs).toBeUndefined();
  });
});
