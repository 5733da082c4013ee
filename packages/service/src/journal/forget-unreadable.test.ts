import { ManualClock } from '@hipay-ecr/shared/manual-clock.ts';
import { describe, expect, test } from '@jest/globals';
import { type FailureReason, StoreFailure } from './failure-reason.ts';
import { accepted, notSent } from './journal.fixture.ts';
import { journalOver } from './journal.ts';
import { MemoryStore } from './memory-store.ts';

describe('a store that cannot read a payment', () => {
  const reasons: FailureReason[] = ['damaged', 'io', 'in_use', 'full', 'read_only', 'no_access', 'newer', 'conflict'];

  test.each(reasons)('%s: only damage is passed over, as it stays', async (reason) => {
    const clock = new ManualClock();
    const store = new MemoryStore();
    const journal = journalOver(store, clock);
    for (const id of ['P1', 'P2']) await journal.append(id, [accepted(), notSent]);
    store.factsOf = () => {
      throw new StoreFailure(reason, 'as it happens');
    };
    const found = journal.forgetOne(clock.nowMs() + 1);
    if (reason !== 'damaged') return expect(found).rejects.toMatchObject({ code: '1107' });
    return expect(found).resolves.toMatchObject({
      paymentId: 'P1',
      damage: expect.stringContaining('is damaged (as it happens)'),
    });
  });
});
