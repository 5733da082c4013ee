import { LINK_LIMITS } from './link-limits.ts';
import type { TransferOutcome } from './link-types.ts';
import { ascii, Pair, passTime } from './test-pair.ts';

const C1 = '0100001000010978··········A010B010';

/** A request whose first leave takes longer than a proof of being idle holds; the second is given at once, or not. */
async function heldTooLong(secondLeave: boolean) {
  const { clock, register, terminal } = new Pair();
  const { promise: written, resolve: write } = Promise.withResolvers<void>();
  const seen: { outcome?: TransferOutcome } = {};
  let asked = 0;
  const beforeFrame = async () => {
    asked += 1;
    if (asked > 1) return secondLeave;
    await written;
    return true;
  };
  void register.driver.send({ data: ascii(C1), beforeFrame }).then((outcome) => {
    seen.outcome = outcome;
  });
  await passTime(clock, 2 * LINK_LIMITS.holdMs);
  write();
  await passTime(clock, 10_000);
  return { asked, outcome: seen.outcome, taken: terminal.received.length };
}

test('rules 3 and 8: a commit that took too long was allowed; the till has hung up by the next proof: nothing is sent', async () => {
  const outcome = { delivered: false, reached: 'no', reason: 'cancelled' };
  expect(await heldTooLong(false)).toEqual({ asked: 2, outcome, taken: 0 });
});

test('it still waits: the frame goes out', async () => {
  expect(await heldTooLong(true)).toEqual({ asked: 2, outcome: { delivered: true }, taken: 1 });
});
