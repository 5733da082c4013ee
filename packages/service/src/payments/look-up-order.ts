import type { Clock } from '@hipay-ecr/shared/clock.ts';
import type { Ages } from './ages.ts';
import { before } from './before.ts';
import type { CentreSettings } from './centre-settings.ts';
import { type Earlier, earlierResult } from './earlier-result.ts';
import { NothingRecorded } from './not-asked.ts';
import type { Order } from './order.ts';
import type { Payment } from './payment.ts';
import type { Journal } from './ports.ts';

export interface LookUpOrderRooms {
  journal: Journal;
  clock: Clock;
  ages: Ages;
  settings: CentreSettings;
}

/**
 * What a request is, as it stands now: where an answer has approved the very payment that it repeats since that was read, it
 * is read again. Rejects with NothingRecorded where the disk does not say so until `latestMs` (monotonic), in time for the
 * till (I9), or where a new payment could not be written down.
 */
export async function lookUpOrder(
  order: Order,
  latestMs: number,
  approvedMeanwhile: readonly Payment[],
  rooms: LookUpOrderRooms,
): Promise<Earlier> {
  for (;;) {
    const earlier = await before(latestMs, lookUp(order, rooms), rooms.clock);
    if (earlier === undefined) throw new NothingRecorded('the disk takes too long');
    if (!isStale(earlier, approvedMeanwhile)) return earlier;
  }
}

/** Whether a new payment could be written is known before the terminal is troubled, which may wait for an answer of its own to be kept (rule 7). */
async function lookUp(order: Order, { journal, ages, settings }: LookUpOrderRooms): Promise<Earlier> {
  const earlier = await earlierResult(order, journal, ages, settings);
  const problem = earlier.repetition.kind === 'new' ? await journal.writeProblem() : undefined;
  if (problem !== undefined) throw new NothingRecorded(problem);
  return earlier;
}

function isStale({ repetition }: Earlier, approved: readonly Payment[]): boolean {
  if (repetition.kind === 'new') return false;
  const { paymentId, version } = repetition.payment;
  return approved.some((by) => by.paymentId === paymentId && by.version > version);
}
