import { ManualClock } from '@hipay-ecr/shared/manual-clock.ts';
import { expect, test } from '@jest/globals';
import { httpClientParts, loadHttpClient } from './gateway/http-client.ts';
import { createSender } from './gateway/send-request.ts';
import { Housekeeping, housekeepingLimits } from './housekeeping.ts';
import { journalOver } from './journal/journal.ts';
import { MemoryStore } from './journal/memory-store.ts';
import { Ages } from './payments/ages.ts';
import { KeptLog } from './payments/log.fixture.ts';
import { pass } from './payments/settle.fixture.ts';

const { getReadyMs, lookAgainMs } = housekeepingLimits;

test('rule 17: a payment that begins while the modules are loaded is over before the next of them is', async () => {
  const clock = new ManualClock();
  const loaded: string[] = [];
  let isBusy = false;
  const housekeeping = new Housekeeping({
    ...{ clock, log: new KeptLog(), ages: new Ages(clock), journal: journalOver(new MemoryStore(), clock) },
    journalDays: 400,
    isBusy: () => isBusy,
    getReady: async (whenFree) => {
      for (const part of ['first', 'second']) {
        if (!(await whenFree())) return;
        loaded.push(part);
        // A till asks in this very moment.
        isBusy = true;
      }
    },
  });
  housekeeping.start();
  await pass(clock, getReadyMs + 10 * lookAgainMs);
  expect(loaded).toEqual(['first']);
  isBusy = false;
  await pass(clock, lookAgainMs);
  expect(loaded).toEqual(['first', 'second']);
  housekeeping.stop();
});

test('each part of what requests are sent with is waited for; where the service stops meanwhile, the rest is left', async () => {
  let loads = 0;
  const { getReady } = createSender({
    ...{ userAgent: 'test/1', authorization: 'Basic none', httpsProxy: undefined, clock: new ManualClock() },
    loadClient: (proxy) => {
      loads += 1;
      return loadHttpClient(proxy);
    },
  });
  let asked = 0;
  await getReady(async () => ++asked < 2);
  expect([asked, loads]).toEqual([2, 0]);
  asked = 0;
  await getReady(async () => ++asked > 0);
  expect([asked, loads]).toEqual([httpClientParts.length + 1, 1]);
});
