import type { FactBody, Orphan } from './fact.ts';
import type { LocalDay } from './local-day.ts';
import {
  accepted,
  anOrder,
  answered,
  asked,
  DEVICE,
  paymentOf,
  registered,
  registering,
  START_MS,
  told,
} from './payment.fixture.ts';
import type { Payment } from './payment.ts';

export const HOUR_MS = 3600_000;
export const DAY: LocalDay = { date: '2026-01-05', fromMs: START_MS - 9 * HOUR_MS, toMs: START_MS + 15 * HOUR_MS };
export const good: FactBody[] = [asked(), answered('0'), registering(), registered, told];

export function payment(facts: FactBody[], differs: Parameters<typeof anOrder>[0] = {}, firstAtMs = START_MS): Payment {
  return paymentOf([accepted(anOrder(differs)), ...facts], 'PAYMENT-1', firstAtMs);
}

/** The bytes of a short answer: POS number, STAT, amount, MODE, currency, private field. */
export function orphan(stat: string, amount: string, currency = '978'): Orphan {
  return {
    orphanId: 1,
    atMs: START_MS,
    bytesMasked: `01${stat}${amount}B${currency}ABCDEFGHIJ`,
    why: 'no payment',
    device: DEVICE,
  };
}
