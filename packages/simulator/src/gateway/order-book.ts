import { type HipayError, hipayErrors } from './hipay-errors.ts';
import type { CheckedForm } from './order-form.ts';

/** An order that the simulated gateway has booked. */
export interface BookedOrder extends CheckedForm {
  /** Twelve digits, as HiPay's. */
  reference: string;
  state: 'completed' | 'pending';
  bookedAtMs: number;
}

export interface BookOptions {
  state?: BookedOrder['state'];
  /** Look-ups show the order only from this monotonic time on. */
  visibleFromMs?: number;
}

export const bookLimits = { orders: 200_000 } as const;

const FIRST_REFERENCE = 800_000_000_001;

/** What the gateway has booked. It books an order id once: a second order under it is a duplicate, whatever it says. */
export class OrderBook {
  readonly #orders = new Map<string, { order: BookedOrder; visibleFromMs: number }>();
  readonly #byReference = new Map<string, string>();

  book(form: CheckedForm, nowMs: number, options: BookOptions = {}): BookedOrder | HipayError {
    const { state = 'completed', visibleFromMs = Number.NEGATIVE_INFINITY } = options;
    if (this.#orders.has(form.orderId)) return hipayErrors.duplicate(form.orderId);
    if (this.#orders.size >= bookLimits.orders) return hipayErrors.full(bookLimits.orders);
    const reference = String(FIRST_REFERENCE + this.#orders.size);
    const order = { ...form, reference, state, bookedAtMs: nowMs };
    this.#orders.set(form.orderId, { order, visibleFromMs });
    this.#byReference.set(reference, form.orderId);
    return order;
  }

  /** What a look-up by order id shows at a monotonic time. */
  byOrderId(orderId: string, monotonicMs: number): BookedOrder | undefined {
    const entry = this.#orders.get(orderId);
    return entry !== undefined && entry.visibleFromMs <= monotonicMs ? entry.order : undefined;
  }

  byReference(reference: string, monotonicMs: number): BookedOrder | undefined {
    const orderId = this.#byReference.get(reference);
    return orderId === undefined ? undefined : this.byOrderId(orderId, monotonicMs);
  }

  /** All orders, the oldest first, those hidden from look-ups too. */
  all(): BookedOrder[] {
    return [...this.#orders.values()].map(({ order }) => order);
  }
}
