import type { ManualClock } from '@hipay-ecr/shared/manual-clock.ts';

/** More turns than any chain of promises in the centre is long. */
const TURNS = 25;

/** Lets everything that is ready happen; time stands still. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < TURNS; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}

/** Lets `ms` pass, with everything that happens on the way happening at its own moment. */
export async function pass(clock: ManualClock, ms: number): Promise<void> {
  await settle();
  const untilMs = clock.monotonicMs() + ms;
  for (;;) {
    const nextMs = clock.untilNextMs;
    if (nextMs === undefined || clock.monotonicMs() + nextMs > untilMs) break;
    clock.advance(nextMs);
    await settle();
  }
  clock.advance(untilMs - clock.monotonicMs());
}
