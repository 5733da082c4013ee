import { OperatingError } from '@hipay-ecr/shared/errors.ts';
import { ManualClock } from '@hipay-ecr/shared/manual-clock.ts';
import { describe, expect, test } from '@jest/globals';
import { recordingLog } from '../test/support/recording-log.ts';
import { Housekeeping } from './housekeeping.ts';

/** What it tells of a journal whose verification comes to this. */
async function damageAfter(verify: () => Promise<string[]>): Promise<readonly string[]> {
  const journal = { maintain: async () => {}, verify };
  const rooms = { journal, clock: new ManualClock(), log: recordingLog(), isBusy: () => false };
  const housekeeping = new Housekeeping(rooms);
  housekeeping.start();
  await verify().catch(() => {});
  await Promise.resolve();
  housekeeping.stop();
  return housekeeping.damage;
}

describe('what is told of the journal', () => {
  test.each([
    ['nothing, where it is sound', async () => [], []],
    ['each damage', async () => ['one', 'two'], ['one', 'two']],
    [
      'that it cannot even be read through',
      async () => {
        throw new OperatingError('1107', 'The journal is damaged.');
      },
      ['The journal is damaged.'],
    ],
  ])('%s', async (_what, verify, damage) => {
    expect(await damageAfter(verify)).toEqual(damage);
  });
});
