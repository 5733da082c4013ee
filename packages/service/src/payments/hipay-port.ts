import type { HipayTarget } from './fact.ts';
import type { Order } from './order.ts';

/** One order for HiPay, as the centre knows it; how it is written down is the gateway's concern. */
export interface HipayOrder {
  paymentId: string;
  hipayOrderId: string;
  order: Order;
  /** Minor units: what the terminal took. */
  amountMinor: number;
  merchantId: string;
  target: HipayTarget;
  withCart: boolean;
}

/**
 * What HiPay said to a POST. `state`: a HiPay body with a state. `code`: a HiPay body with a 7-digit code. `no_word`:
 * nothing of HiPay's own; `bytesLeft` tells whether it may have got the request.
 */
export type RegisterAnswer =
  | {
      kind: 'state';
      state: 'completed' | 'pending' | 'declined' | 'error' | 'forwarding';
      reference: string;
      detail: string;
    }
  | { kind: 'code'; code: string; httpStatus: number; detail: string }
  | { kind: 'no_word'; bytesLeft: boolean; httpStatus?: number; detail: string };

/** One order as HiPay gives it back. */
export interface FoundOrder {
  reference: string;
  amountMinor: number | null;
  currency: string;
  /** `ecr_payment_id` of its custom data; undefined where there is none. */
  paymentId?: string;
  hasCustomData: boolean;
  createdAtMs?: number;
}
export type LookUpAnswer =
  | { kind: 'found'; orders: FoundOrder[] }
  | { kind: 'none' }
  | { kind: 'no_word'; httpStatus?: number; code?: string; detail: string };

/** HiPay's order interface. Never rejects: what went wrong is an answer too. */
export interface HipayGateway {
  /** POSTs the order; takes up to 60 s (HIPAY.md 2.1). */
  register(order: HipayOrder): Promise<RegisterAnswer>;
  lookUp(hipayOrderId: string, target: HipayTarget): Promise<LookUpAnswer>;
}
