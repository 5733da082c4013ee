import type { Dice } from '../torture/dice.ts';
import type { Strike } from './plan.ts';

/** How many of the runs have a disk that stands still, and how many one whose reads fail for a while. */
const SHARES = { stalls: 0.3, reads: 0.2 } as const;
/** In the run's own time; `payment_timeout` is 30 s there. */
const STALLS_MS = [5_000, 28_000, 29_500, 33_000, 60_000, 60_000];
const HEALED_AFTER_MS = 20_000;

/** At the question on which an order hangs, at the intent, at the answer's commit, and once either is done and not told yet. */
const STALLS = [
  { moment: 'asked', at: 'read' },
  { moment: 'enquiry', at: 'write' },
  { moment: 'enquiry', at: 'sync' },
  { moment: 'enquiry', at: 'done' },
  { moment: 'before_lrc', at: 'write' },
  { moment: 'before_lrc', at: 'sync' },
  { moment: 'before_lrc', at: 'done' },
] as const;

/** Strikes that come to those of a plan, by dice of their own, so that the others stay as they were. */
export function moreStrikes(dice: Dice): Strike[] {
  return [
    ...(dice.chance(SHARES.stalls) ? [stall(dice)] : []),
    ...(dice.chance(SHARES.reads) ? [failingReads(dice)] : []),
  ];
}

function stall(dice: Dice): Strike {
  const { moment, at } = dice.pick(STALLS);
  const ms = dice.pick(STALLS_MS);
  const act = { kind: 'disk', fault: { kind: 'stalls', at, ms }, forMs: ms + HEALED_AFTER_MS } as const;
  return { moment, nth: dice.between(1, 2), lateMs: 0, act };
}

/** A passing error: once, or a burst of a few, with sound reads before it. */
function failingReads(dice: Dice): Strike {
  const moment = dice.pick(['asked', 'asked', 'enquiry', 'frame', 'answer', 'told'] as const);
  // A hundred: past what a start reads, when the journal is read through in the background.
  const skip = dice.pick([0, 0, 1, 3, 40, 100]);
  const times = dice.pick([1, 1, 2, 3, 6]);
  const act = { kind: 'disk', fault: { kind: 'read_fails', skip, times, errno: 'EIO' }, forMs: 20_000 } as const;
  return { moment, nth: dice.between(1, 2), lateMs: dice.chance(0.5) ? 0 : dice.between(1, 25), act };
}
