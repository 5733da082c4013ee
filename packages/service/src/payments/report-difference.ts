import { formatMinor } from '@hipay-ecr/shared/money.ts';
import type { Orphan } from './fact.ts';
import { isWithin, type LocalDay } from './local-day.ts';
import type { TransactionType } from './order.ts';
import { orphanMoney } from './orphan-money.ts';
import { isOpen, type Payment } from './payment.ts';

export type DifferenceKind =
  | 'running'
  | 'unknown'
  | 'contradicted'
  | 'alarm'
  | 'other_amount'
  | 'settled_by_person'
  | 'other_day'
  | 'not_told'
  | 'waiting'
  | 'parked'
  | 'orphan';

/** Something in which the till, the terminal, the journal and HiPay are not of one mind, or may not be. */
export interface Difference {
  kind: DifferenceKind;
  atMs: number;
  sentence: string;
  paymentId?: string;
  orderId?: string;
  amountMinor?: number;
  /** The amount is what the terminal, or a person, said was taken; else it is what was asked. */
  isTaken?: true;
  currency?: string;
  transactionType?: TransactionType;
  /** By so much the terminal's total is above the journal's, if it is this that makes them differ. */
  gapMinor?: number;
}

type Found = Pick<Difference, 'kind' | 'sentence' | 'gapMinor'>;

/** All that is to be said about a payment which the till asked for on this day. */
export function differencesOf(payment: Payment, day: LocalDay): Difference[] {
  const found = [...ofTheDecision(payment), ...ofTheTerminal(payment, day), ...ofHipay(payment)];
  return found.map((one) => about(payment, one));
}

/** A payment of an earlier day that the terminal approved on this one, and counts on this one. */
export function lateDifference(payment: Payment, day: LocalDay): Difference | undefined {
  const { answer, state } = payment;
  if (state !== 'approved' || answer === undefined || !isWithin(day, answer.atMs)) return undefined;
  return about(payment, {
    kind: 'other_day',
    sentence: 'It was asked for on an earlier day and approved on this one: the terminal counts it here.',
    gapMinor: signed(payment, takenMinor(payment)),
  });
}

/** An answer that belongs to no payment, and what it says of money. */
export function orphanDifference(orphan: Orphan): Difference {
  const { stat, amountMinor, currency } = orphanMoney(orphan);
  const isApproval = stat === '0' && amountMinor !== undefined;
  const says = isApproval ? `approved ${formatMinor(amountMinor)}` : 'sent an answer';
  return {
    ...{ kind: 'orphan', atMs: orphan.atMs },
    sentence: `The terminal ${says} that belongs to no payment: ${orphan.why}.${wordOn(orphan)}`,
    ...(amountMinor !== undefined && { amountMinor }),
    ...(currency !== undefined && { currency }),
    ...(isApproval && { gapMinor: amountMinor, isTaken: isApproval }),
  };
}

function wordOn({ acknowledged }: Orphan): string {
  return acknowledged === undefined ? '' : ` ${acknowledged.by} has looked at it: ${acknowledged.note}`;
}

function about(payment: Payment, found: Found): Difference {
  const { paymentId, acceptedAtMs: atMs, order } = payment;
  const { orderId, currency, transactionType } = order;
  const isTaken = (payment.amountTakenMinor ?? payment.terminalTookMinor) !== undefined;
  const money = { amountMinor: takenMinor(payment), ...(isTaken && { isTaken }) };
  return { ...found, ...money, atMs, paymentId, orderId, currency, transactionType };
}

function ofTheDecision(payment: Payment): Found[] {
  const { state, order, contradicted, alarms, settled, detail } = payment;
  const found: Found[] = [];
  const taken = takenMinor(payment);
  if (isOpen(payment)) found.push({ kind: 'running', sentence: 'It has not ended yet.' });
  if (contradicted) {
    const sentence = 'The terminal approved it after a person had settled it as refused.';
    found.push({ kind: 'contradicted', sentence, gapMinor: signed(payment, taken) });
  } else if (state === 'unknown') {
    const sentence = `Nobody knows whether it was paid${detail === undefined ? '' : ` (${detail})`}.`;
    found.push({ kind: 'unknown', sentence, gapMinor: signed(payment, taken) });
  }
  for (const sentence of contradicted ? [] : alarms) found.push({ kind: 'alarm', sentence });
  if (state === 'approved' && taken !== order.amountMinor) {
    const sentence = `${formatMinor(taken)} was taken, ${formatMinor(order.amountMinor)} was asked.`;
    found.push({ kind: 'other_amount', sentence });
  }
  if (settled !== undefined && !contradicted) {
    const approvedByWord = state === 'approved' && payment.answer?.stat !== '0';
    const refusedByWord = state === 'refused' && payment.terminalTookMinor !== undefined;
    found.push({
      kind: 'settled_by_person',
      sentence: `${settled.by} settled it as ${settled.outcome}: ${settled.note}`,
      ...(approvedByWord && { gapMinor: -signed(payment, taken) }),
      ...(refusedByWord && { gapMinor: signed(payment, taken) }),
    });
  }
  return found;
}

function ofTheTerminal(payment: Payment, day: LocalDay): Found[] {
  const { state, answer, toldAtMs, toldOtherwise } = payment;
  if (state !== 'approved') return [];
  const found: Found[] = [];
  if (answer !== undefined && !isWithin(day, answer.atMs)) {
    const sentence = 'The terminal approved it after the end of the day, and may count it on the next one.';
    found.push({ kind: 'other_day', sentence, gapMinor: -signed(payment, takenMinor(payment)) });
  }
  if (toldAtMs === undefined) {
    found.push({ kind: 'not_told', sentence: 'The till never got the result: its own total may lack this payment.' });
  } else if (toldOtherwise) {
    const sentence =
      'It was approved after the till had been told otherwise: unless that has asked again since, its own total lacks this payment.';
    found.push({ kind: 'not_told', sentence });
  }
  return found;
}

function ofHipay({ state, registration }: Payment): Found[] {
  const { status, detail } = registration;
  if (state !== 'approved' || status === 'registered') return [];
  const why = detail === undefined ? '' : ` (${detail})`;
  if (status === 'parked')
    return [{ kind: 'parked', sentence: `HiPay does not know it, and only a person sends it again${why}.` }];
  return [{ kind: 'waiting', sentence: `HiPay has not confirmed it yet; it is told as soon as it can be${why}.` }];
}

/** What was taken, as far as that is known; else what was asked. */
export function takenMinor({ amountTakenMinor, terminalTookMinor, order }: Payment): number {
  return amountTakenMinor ?? terminalTookMinor ?? order.amountMinor;
}

/** What a payment adds to the till's money. */
export function signed({ order }: Payment, amountMinor: number): number {
  return order.transactionType === 'Credit' ? -amountMinor : amountMinor;
}
