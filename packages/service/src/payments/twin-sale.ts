import type { Clock } from '@hipay-ecr/shared/clock.ts';
import { centreLimits } from './centre-limits.ts';
import type { Order } from './order.ts';
import type { Payment } from './payment.ts';
import { sameMoney } from './repetition.ts';

/**
 * While the payment asked last is unknown, another order of the same money is probably the same sale, rung up again.
 * The first such order is held back, so that somebody looks at the terminal; a till that insists gets through (rule 2).
 */
export class TwinSales {
  readonly #clock: Clock;
  #warned: { paymentId: string; atMs: number } | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Whether this order, which is no repetition, must wait for somebody to look. */
  holdsBack(order: Order, lastAsked: Payment | undefined): lastAsked is Payment {
    if (lastAsked?.state !== 'unknown' || !sameMoney(order, lastAsked.order)) return false;
    const nowMs = this.#clock.monotonicMs();
    if (this.#warned?.paymentId !== lastAsked.paymentId) this.#warned = { paymentId: lastAsked.paymentId, atMs: nowMs };
    return nowMs - this.#warned.atMs < centreLimits.twinSaleHeldMs;
  }
}
