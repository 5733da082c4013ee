import type { Clock } from '@hipay-ecr/shared/clock.ts';

/** What the promise resolves to, or undefined where it has not by `deadlineMs` (monotonic). */
export async function before<T>(deadlineMs: number, promise: Promise<T>, clock: Clock): Promise<T | undefined> {
  const { promise: late, resolve } = Promise.withResolvers<undefined>();
  const cancel = clock.after(Math.max(0, deadlineMs - clock.monotonicMs()), () => resolve(undefined));
  try {
    return await Promise.race([promise, late]);
  } finally {
    cancel();
  }
}
