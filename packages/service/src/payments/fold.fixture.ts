import type { FactBody } from './fact.ts';
import {
  accepted,
  answered,
  asked,
  forgotten,
  lookedUp,
  notRegistered,
  notSent,
  parked,
  paymentOf,
  registered,
  registering,
  settled,
  told,
  traced,
  unclear,
} from './payment.fixture.ts';
import type { Payment } from './payment.ts';

export const running = [accepted(), asked()];

/** A way into each state of MONEY 2, and into each shade of it that a later fact can tell apart. */
export const WAYS: Record<string, FactBody[]> = {
  opening: [accepted()],
  running,
  interim: [...running, answered('9')],
  approved: [...running, answered('0')],
  refused: [...running, answered('7', { amountTakenMinor: null })],
  neverAsked: [accepted(), notSent],
  allNak: [...running, notSent],
  unknown: [...running, unclear],
  oddResult: [...running, answered('3')],
  otherAmount: [...running, answered('0', { amountTakenMinor: 3000 })],
  saidApproved: [...running, unclear, settled('approved')],
  saidRefused: [...running, unclear, settled('refused')],
  contradicted: [...running, unclear, settled('refused'), answered('0')],
};

/** What the till or HiPay hears, and what is done with it since. */
export const AFTERWARDS: readonly FactBody[] = [
  ...[registering(), notRegistered(), lookedUp, registered, parked],
  ...[told, traced, forgotten],
];

export function way(name: string): FactBody[] {
  return WAYS[name] ?? [];
}

export function after(name: string, ...more: FactBody[]): Payment {
  return paymentOf([...way(name), ...more]);
}
