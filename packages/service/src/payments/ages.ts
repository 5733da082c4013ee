import type { Clock } from '@hipay-ecr/shared/clock.ts';
import { centreLimits } from './centre-limits.ts';
import type { Counting } from './counting.ts';
import type { Payment } from './payment.ts';

/** How long ago something was, in ms; or nobody knows, since the wall clock was set meanwhile. */
export type Age = number | 'in_doubt';

type Dated = Pick<Payment, 'acceptedAtMs' | 'bootAtMs' | 'bootId' | 'timesStoodStill'>;

/**
 * How old things are (rule 18). Facts bear wall time, and people set wall clocks. The machine's uptime cannot be set: a
 * wall clock that ran on by more than the machine did was set, and what was written before that has no known age.
 */
export class Ages {
  readonly #clock: Clock;
  /** By the machine's uptime, when this process began. */
  readonly #beganMs: number;
  /** When the machine was started, by the wall as it stood when last looked at. */
  #bootAtMs: number;
  /** What was written before this has no known age. */
  #knownSinceMs = Number.NEGATIVE_INFINITY;
  /** How far the wall had come when it was set back: once it is there again, what was before that looks new. */
  #wallWasMs = Number.NEGATIVE_INFINITY;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#beganMs = clock.uptimeMs();
    this.#bootAtMs = clock.nowMs() - clock.uptimeMs();
  }

  /** When the machine was started, by the present wall: written with each payment, so that a later process can compare. */
  bootAtMs(): number {
    // What is written from here on has a known age, whenever somebody asks for it first.
    this.#look();
    return this.#presentBootAtMs();
  }

  /** What a journal needs to know to keep to itself what is older than this for certain. */
  countingFor(windowMs: number): Counting {
    this.#look();
    const wallWasSet = this.#knownSinceMs !== Number.NEGATIVE_INFINITY;
    const sinceMs = wallWasSet ? 0 : this.#clock.nowMs() - windowMs;
    return { sinceMs, bootAtMs: this.#bootAtMs, bootId: this.#clock.bootId };
  }

  /** The age of a moment in the life of this payment. */
  of(payment: Dated, atMs: number): Age {
    this.#look();
    const nowMs = this.#clock.nowMs();
    if (payment.timesStoodStill || nowMs < atMs || atMs < this.#knownSinceMs) return 'in_doubt';
    const { bootAtMs } = payment;
    if (atMs < this.#wallWasMs && !this.#isOfThisWall(payment)) return 'in_doubt';
    const sameBoot = this.#isNamedSameBoot(payment) ?? payment.acceptedAtMs >= this.#bootAtMs;
    if (bootAtMs !== undefined && sameBoot && this.#differs(bootAtMs)) return 'in_doubt';
    return nowMs - atMs;
  }

  /**
   * The age as far as it is proved. Whether the wall was set between two boots nothing tells; and a payment accepted on
   * an earlier boot may have been decided on this one. What this process has run since is certain.
   */
  provedOf(payment: Dated, atMs: number): Age {
    const age = this.of(payment, atMs);
    if (age === 'in_doubt' || this.#isOfThisWall(payment)) return age;
    return Math.min(age, this.#clock.uptimeMs() - this.#beganMs);
  }

  /**
   * Whether a moment may lie no longer back than this. Where boots have no names, a clock that was set by more than the
   * machine has been running makes what this boot wrote look like an earlier one's; what the machine ran since then tells.
   */
  mayBeWithin(payment: Dated, atMs: number, windowMs: number): boolean {
    const age = this.of(payment, atMs);
    if (age === 'in_doubt' || age <= windowMs) return true;
    if (payment.bootAtMs === undefined || this.#isNamedSameBoot(payment) === false) return false;
    const ranMs = this.#clock.uptimeMs() - (atMs - payment.bootAtMs);
    return ranMs >= 0 && ranMs <= windowMs;
  }

  /** Accepted on this boot, by the wall as it stands now. */
  #isOfThisWall(payment: Dated): boolean {
    const { bootAtMs } = payment;
    return bootAtMs !== undefined && !this.#differs(bootAtMs) && this.#isNamedSameBoot(payment) !== false;
  }

  /** Undefined where the system, then or now, has no name for it. */
  #isNamedSameBoot({ bootId }: Dated): boolean | undefined {
    const present = this.#clock.bootId;
    return bootId === undefined || present === undefined ? undefined : bootId === present;
  }

  #look(): void {
    const bootAtMs = this.#presentBootAtMs();
    if (!this.#differs(bootAtMs)) return;
    if (bootAtMs < this.#bootAtMs) this.#wallWasMs = this.#clock.nowMs() + this.#bootAtMs - bootAtMs;
    this.#bootAtMs = bootAtMs;
    this.#knownSinceMs = this.#clock.nowMs();
  }

  #presentBootAtMs(): number {
    return Math.round(this.#clock.nowMs() - this.#clock.uptimeMs());
  }

  #differs(bootAtMs: number): boolean {
    return Math.abs(bootAtMs - this.#bootAtMs) > centreLimits.clockToleranceMs;
  }
}
