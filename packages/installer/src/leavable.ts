import { interruptibly } from './acts/interruptibly.ts';

/** As the work itself, but that a Ctrl-C which no prompt hears, as between two of them, ends it with Interrupted at once. */
export function leavable<T>(work: () => Promise<T>, whenLeft: () => void): Promise<T> {
  return interruptibly((interrupted) => {
    const { promise: left, reject } = Promise.withResolvers<never>();
    interrupted.addEventListener('abort', () => {
      whenLeft();
      reject(interrupted.reason);
    });
    return Promise.race([work(), left]);
  });
}
