import { type Clock, pause } from '@hipay-ecr/shared/clock.ts';
import type { StallPoint, Trouble } from './plan.ts';

type Slow = Extract<Trouble, { kind: 'slow_disk' | 'slow_asking' }>;

/** When a disk takes its time, or stands still, by what has been asked of it over all its processes; until it is healed. */
export class DiskDelays {
  readonly #troubles: readonly Trouble[];
  readonly #used: (kind: string) => void;
  readonly #counts = new Map<StallPoint, number>();
  readonly #healed = Promise.withResolvers<void>();
  /** Commits of a payment's request. */
  #askings = 0;
  #isHealed = false;

  constructor(troubles: readonly Trouble[], used: (kind: string) => void) {
    this.#troubles = troubles;
    this.#used = used;
  }

  heal(): void {
    this.#isHealed = true;
    this.#healed.resolve();
  }

  /** One more question; it may be asked once this resolves, if the process with this clock still lives. */
  question(clock: Clock): Promise<void> {
    return this.#stall('question', clock);
  }

  /** One more commit, the n-th that is tried on the disk: what to wait for before it and after it. */
  commit(nth: number, isAsking: boolean): Record<'before' | 'after', (clock: Clock) => Promise<void>> {
    const slow = this.#slowness(nth, isAsking);
    return {
      before: async (clock) => {
        if (isAsking) await this.#stall('asking', clock);
        await this.#stall('commit', clock);
        if (slow !== undefined) await pause(clock, slow.beforeMs);
      },
      after: async (clock) => {
        if (slow?.kind === 'slow_disk') await pause(clock, slow.afterMs);
        await this.#stall('told_late', clock);
      },
    };
  }

  async #stall(at: StallPoint, clock: Clock): Promise<void> {
    const nth = this.#count(at);
    const stall = this.#troubles.find((one) => one.kind === 'stalled_disk' && one.at === at && one.nth === nth);
    if (stall?.kind !== 'stalled_disk' || this.#isHealed) return;
    this.#used(`disk stalls: ${at}`);
    await Promise.race([pause(clock, stall.forMs), this.#healed.promise.then(() => pause(clock, 1))]);
  }

  #slowness(nth: number, isAsking: boolean): Slow | undefined {
    if (isAsking) this.#askings += 1;
    if (this.#isHealed) return undefined;
    const slow = this.#troubles.find((trouble): trouble is Slow =>
      trouble.kind === 'slow_asking'
        ? isAsking && trouble.nth === this.#askings
        : trouble.kind === 'slow_disk' && trouble.commit === nth,
    );
    if (slow !== undefined) this.#used(`disk: ${slow.kind}`);
    return slow;
  }

  #count(at: StallPoint): number {
    const nth = (this.#counts.get(at) ?? 0) + 1;
    this.#counts.set(at, nth);
    return nth;
  }
}
