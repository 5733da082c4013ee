import {
  type AcknowledgementEnd,
  type AcknowledgeOrphanRooms,
  acknowledgeOrphan,
  type OrphanWord,
} from './acknowledge-orphan.ts';
import {
  type Resend,
  type ResendEnd,
  type ResendRooms,
  type ResentParked,
  resendParked,
  resendRegistration,
} from './resend-registration.ts';
import type { Resolution } from './resolution.ts';
import { type ResolutionEnd, type ResolvePaymentRooms, resolvePayment } from './resolve-payment.ts';

/** What only a person can do about a payment, or about an answer that belongs to none. */
export interface People {
  resolve(paymentId: string, resolution: Resolution): Promise<ResolutionEnd>;
  resend(paymentId: string, resend: Resend): Promise<ResendEnd>;
  resendParked(resend: Pick<Resend, 'by'>): Promise<ResentParked>;
  acknowledge(orphanId: number, word: OrphanWord): Promise<AcknowledgementEnd>;
}

export function peopleOf(
  rooms: Omit<ResolvePaymentRooms, 'doubtedSinceMs'> & ResendRooms & AcknowledgeOrphanRooms,
): People {
  const doubtedSinceMs = new Map<string, number>();
  return {
    resolve: (paymentId, resolution) => resolvePayment(paymentId, resolution, { ...rooms, doubtedSinceMs }),
    resend: (paymentId, resend) => resendRegistration(paymentId, resend, rooms),
    resendParked: (resend) => resendParked(resend, rooms),
    acknowledge: (orphanId, word) => acknowledgeOrphan(orphanId, word, rooms),
  };
}
