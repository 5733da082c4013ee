import { ManualClock } from '@hipay-ecr/shared/manual-clock.ts';
import { expect, test } from '@jest/globals';
import { Forgetting } from './forgetting.ts';
import { accepted, damageFactsOf, notSent } from './journal/journal.fixture.ts';
import { journalOver } from './journal/journal.ts';
import { journalLimits } from './journal/journal-limits.ts';
import { MemoryStore } from './journal/memory-store.ts';
import { Ages } from './payments/ages.ts';
import { KeptLog } from './payments/log.fixture.ts';

const DAY_MS = 24 * 3600_000;

test('rule 19: a round passes over so many damaged ones, and the next goes on behind them', async () => {
  const most = journalLimits.passedOverAtOnce;
  const clock = new ManualClock();
  const store = new MemoryStore();
  const journal = journalOver(store, clock);
  for (let n = 0; n < most + 2; n++) await journal.append(`P${n}`, [accepted(), notSent]);
  // In the order of their ids, as they were all accepted at once: the last one is whole.
  const damaged = store.paymentIdsAfter('', most + 1);
  for (const paymentId of damaged) damageFactsOf(store, paymentId);
  clock.sleep(401 * DAY_MS);
  const said: string[] = [];
  const log = new KeptLog();
  const forgetting = new Forgetting({
    ...{ journal, clock, log, ages: new Ages(clock), journalDays: 400, mayWork: () => true },
    damaged: (sentence) => void said.push(sentence),
  });
  const round = async () => {
    said.length = 0;
    return { isThrough: await forgetting.run(), passedOver: said.length, told: log.lines.length };
  };
  expect(await round()).toEqual({ isThrough: false, passedOver: most, told: 0 });
  // It comes to the end, and yet has not come through all: what it found is not all there is to find.
  expect(await round()).toEqual({ isThrough: false, passedOver: 1, told: 1 });
  expect(await round()).toEqual({ isThrough: false, passedOver: most, told: 1 });
});
