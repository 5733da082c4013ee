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

/** What only a person can do about a payment. */
export interface People {
  resolve(paymentId: string, resolution: Resolution): Promise<ResolutionEnd>;
  resend(paymentId: string, resend: Resend): Promise<ResendEnd>;
  resendParked(resend: Pick<Resend, 'by'>): Promise<ResentParked>;
}

export function peopleOf(rooms: Omit<ResolvePaymentRooms, 'doubtedSinceMs'> & ResendRooms): People {
  const doubtedSinceMs = new Map<string, number>();
  return {
    resolve: (paymentId, resolution) => resolvePayment(paymentId, resolution, { ...rooms, doubtedSinceMs }),
    resend: (paymentId, resend) => resendRegistration(paymentId, resend, rooms),
    resendParked: (resend) => resendParked(resend, rooms),
  };
}
