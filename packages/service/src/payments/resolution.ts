import { formatMinor } from '@hipay-ecr/shared/money.ts';
import { isOpen, type Payment, type Registration } from './payment.ts';

/** What a person says of a payment. */
export interface Resolution {
  outcome: 'approved' | 'refused';
  /** Why: what the ticket says, say. */
  note: string;
  by: string;
  /** Minor units that the terminal took, where that is not what is known already. */
  amountMinor?: number;
  /** Version of the settlement that this one replaces. */
  replaces?: number;
}

/** Why a person's word cannot be taken as the payment stands (rule 15); undefined where nothing stands against it. */
export function objectionTo(payment: Payment, resolution: Resolution): string | undefined {
  const { state, settled, alarms, registration, tookElsewhere, order } = payment;
  const { outcome, amountMinor, replaces } = resolution;
  if (isOpen(payment)) return 'it is still running: wait until it has ended';
  if (outcome === 'refused' && amountMinor !== undefined) return 'it cannot be refused and have taken an amount';
  if (replaces !== undefined && settled === undefined) {
    return 'nobody has settled it yet, so there is nothing to replace: leave replaces (--replaces) out';
  }
  if (replaces !== undefined && replaces !== settled?.version) {
    return `another settlement stands meanwhile: ${settlement(payment)}`;
  }
  if (replaces === undefined && settled !== undefined && state !== 'unknown') {
    return `it was settled already: ${settlement(payment)}`;
  }
  if (settled === undefined && state !== 'unknown' && alarms.length === 0) {
    return `it is ${state}, as the terminal said, and nothing about it is in doubt`;
  }
  const isNamed = state === 'approved' || amountMinor !== undefined;
  if (outcome === 'approved' && tookElsewhere !== undefined && !isNamed) {
    return `the terminal says that it took another currency (${tookElsewhere.currencyNumeric}): give the amount that was taken, in ${order.currency}`;
  }
  return mayBeAtHipay(registration) ? changeOfMoney(payment, resolution) : undefined;
}

/** What was taken, by a word that says approved: what the terminal said is known, whatever a person has said meanwhile (rule 9). */
export function amountMeant(payment: Payment, { amountMinor }: Resolution): number {
  return amountMinor ?? payment.amountTakenMinor ?? payment.terminalTookMinor ?? payment.order.amountMinor;
}

/** Whether HiPay may have been told of it. */
function mayBeAtHipay({ bytesLeft, status }: Registration): boolean {
  return bytesLeft > 0 || status === 'registering';
}

/** What HiPay has, or may have, cannot be taken back from here. */
function changeOfMoney(payment: Payment, { outcome, amountMinor }: Resolution): string | undefined {
  const takenMinor = payment.amountTakenMinor ?? payment.order.amountMinor;
  const told = `HiPay has been told, or may have been, that ${formatMinor(takenMinor)} was taken`;
  if (outcome === 'refused') return `${told}: have it refunded or corrected there, this can no longer be undone here`;
  if (amountMinor !== undefined && amountMinor !== takenMinor) {
    return `${told}: have the amount corrected there, it can no longer be changed here`;
  }
  return undefined;
}

function settlement({ settled }: Payment): string {
  if (settled === undefined) return '';
  const { outcome, by, note, atMs, version } = settled;
  const at = new Date(atMs).toISOString();
  return `${outcome} by ${by} on ${at} ("${note}"); to change that, give replaces: ${version} (to the command: --replaces ${version})`;
}
