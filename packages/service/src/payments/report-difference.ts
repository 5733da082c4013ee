import { currencyAlpha, formatMinor } from '@hipay-ecr/shared/money.ts';
import { isWithin, type LocalDay } from './local-day.ts';
import type { TransactionType } from './order.ts';
import { type AnsweredAgain, isOpen, type Payment } from './payment.ts';
import { approvedByTerminalAtMs, countedMinor, gapMinor, movedBy, signed, takenMinor } from './report-gap.ts';
import { spellTaken, whatTheTerminalTook } from './spell-taken.ts';

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
  /** Somebody has to look at it, and nobody has. */
  isInDoubt?: true;
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

type Money = Pick<Difference, 'amountMinor' | 'isTaken' | 'currency'>;
/** `money`: where it is not what was taken in the order's currency, or asked. */
type Found = Pick<Difference, 'kind' | 'sentence' | 'isInDoubt' | 'gapMinor'> & { money?: Money };

const DOUBTS: ReadonlySet<DifferenceKind> = new Set(['running', 'unknown', 'contradicted', 'alarm']);

/** All that is to be said about a payment which the till asked for on this day. */
export function differencesOf(payment: Payment, day: LocalDay): Difference[] {
  const found = [
    ...ofTheDecision(payment, day),
    ...ofTheTerminal(payment, day),
    ...ofAnotherCurrency(payment, day),
    ...ofTheTill(payment),
    ...ofHipay(payment),
  ];
  return found.map((one) => about(payment, one));
}

/** Of a payment of an earlier day: what the terminal approved on this one, however it stands, or said of it once more. */
export function lateDifferences(payment: Payment, day: LocalDay): Difference[] {
  const again = (payment.answeredAgain ?? []).filter(({ atMs }) => isWithin(day, atMs));
  const found = [...ofTheLateApproval(payment, day), ...ofAnsweredAgain(again, payment, day)];
  return found.map((one) => about(payment, one));
}

function ofTheLateApproval(payment: Payment, day: LocalDay): Found[] {
  const { state, order, terminalTookMinor, alarms } = payment;
  const atMs = approvedByTerminalAtMs(payment);
  if (atMs === undefined || !isWithin(day, atMs)) return [];
  const stands = state === 'approved' ? '' : ` The journal has it as ${state}.`;
  const amountMinor = countedMinor(payment, day);
  const money: Money = {
    amountMinor,
    ...(terminalTookMinor !== undefined && { isTaken: true }),
    currency: order.currency,
  };
  const late: Found = {
    kind: 'other_day',
    sentence: `It was asked for on an earlier day and approved on this one: the terminal counts it here.${stands}`,
    ...(alarms.length > 0 && { isInDoubt: true }),
    ...(amountMinor !== 0 && { gapMinor: signed(payment, amountMinor), money }),
  };
  return [late, ...ofAnotherCurrency(payment, day)];
}

/**
 * Alarms; the terminal's total of the day of such an answer may have what it says. Each approval may be one more charge; what
 * was not completed is taken off once, however often the terminal says so.
 */
function ofAnsweredAgain(all: AnsweredAgain[], payment: Payment, day: LocalDay): Found[] {
  const thatDay = all.filter(({ atMs }) => isWithin(day, atMs));
  const undone = thatDay.find(({ stat }) => stat === '7');
  return all.map((again): Found => {
    const alarm = { kind: 'alarm', sentence: again.sentence } as const;
    const counts = thatDay.includes(again) && (again.stat !== '7' || again === undone);
    const moved = counts ? movedBy(again, payment) : undefined;
    if (moved?.currency === undefined) return alarm;
    const { amountMinor, currency, gapMinor } = moved;
    return { ...alarm, gapMinor, money: { amountMinor, isTaken: true, currency } };
  });
}

function about(payment: Payment, { money = moneyOf(payment), ...found }: Found): Difference {
  const { paymentId, acceptedAtMs: atMs, order } = payment;
  const { orderId, transactionType } = order;
  const isInDoubt = DOUBTS.has(found.kind) && ({ isInDoubt: true } as const);
  return { ...isInDoubt, ...found, ...money, atMs, paymentId, orderId, transactionType };
}

function moneyOf(payment: Payment): Money {
  const isTaken = (payment.amountTakenMinor ?? payment.terminalTookMinor) !== undefined;
  return { amountMinor: takenMinor(payment), ...(isTaken && { isTaken }), currency: payment.order.currency };
}

function ofTheDecision(payment: Payment, day: LocalDay): Found[] {
  const { state, order, contradicted, alarms, answeredAgain = [], settled, detail } = payment;
  const found: Found[] = [];
  const taken = takenMinor(payment);
  const gap = isOnAnotherDay(payment, day) ? {} : gapOf(payment, day);
  if (isOpen(payment)) found.push({ kind: 'running', sentence: 'It has not ended yet.', ...gap });
  if (contradicted) {
    const sentence = 'The terminal approved it after a person had settled it as refused.';
    found.push({ kind: 'contradicted', sentence, ...gap });
  } else if (state === 'unknown') {
    const sentence = `Nobody knows whether it was paid${detail === undefined ? '' : ` (${detail})`}.`;
    found.push({ kind: 'unknown', sentence, ...gap });
  }
  const others = alarms.filter((alarm) => !answeredAgain.some(({ sentence }) => sentence === alarm));
  for (const sentence of contradicted ? [] : others) found.push({ kind: 'alarm', sentence });
  found.push(...ofAnsweredAgain(answeredAgain, payment, day));
  if (state === 'approved' && taken !== order.amountMinor) {
    const sentence = `${formatMinor(taken)} was taken, ${formatMinor(order.amountMinor)} was asked.`;
    found.push({ kind: 'other_amount', sentence });
  }
  if (settled !== undefined && !contradicted) {
    const took = settled.outcome === 'refused' ? whatTheTerminalTook(payment) : undefined;
    const though = took === undefined ? '' : ` (the terminal said that ${took} was taken)`;
    const sentence = `${settled.by} settled it as ${settled.outcome}${though}: ${settled.note}`;
    found.push({ kind: 'settled_by_person', sentence, ...gap });
  }
  return found;
}

/** Only the day on which the terminal counts it can have it in the terminal's total. */
function ofTheTerminal(payment: Payment, day: LocalDay): Found[] {
  if (!isOnAnotherDay(payment, day)) return [];
  const sentence = 'The terminal approved it after the end of the day, and may count it on the next one.';
  return [{ kind: 'other_day', sentence, ...gapOf(payment, day) }];
}

function isOnAnotherDay(payment: Payment, day: LocalDay): boolean {
  const atMs = approvedByTerminalAtMs(payment);
  return atMs !== undefined && !isWithin(day, atMs);
}

function gapOf(payment: Payment, day: LocalDay): { gapMinor?: number } {
  const gap = gapMinor(payment, day);
  return gap === undefined ? {} : { gapMinor: gap };
}

/** The journal has no sums in a currency that nobody asked for; the terminal may have. */
function ofAnotherCurrency(payment: Payment, day: LocalDay): Found[] {
  const { tookElsewhere, order } = payment;
  if (tookElsewhere?.amountMinor === undefined || isOnAnotherDay(payment, day)) return [];
  const { currencyNumeric, amountMinor } = tookElsewhere;
  const took = spellTaken(amountMinor, currencyNumeric);
  const sentence = `The terminal took ${took}: it counts that there, and nothing in ${order.currency}.`;
  const currency = currencyAlpha(currencyNumeric);
  const gap = signed(payment, amountMinor);
  if (currency === undefined) return [{ kind: 'other_amount', sentence, money: {} }];
  return [{ kind: 'other_amount', sentence, gapMinor: gap, money: { amountMinor, isTaken: true, currency } }];
}

function ofTheTill({ state, toldAtMs, toldOtherwise }: Payment): Found[] {
  if (state !== 'approved') return [];
  if (toldAtMs === undefined) {
    return [{ kind: 'not_told', sentence: 'The till never got the result: its own total may lack this payment.' }];
  }
  if (!toldOtherwise) return [];
  const sentence =
    'It was approved after the till had been told otherwise: unless that has asked again since, its own total lacks this payment.';
  return [{ kind: 'not_told', sentence }];
}

function ofHipay({ state, registration }: Payment): Found[] {
  const { status, detail } = registration;
  if (state !== 'approved' || status === 'registered') return [];
  const why = detail === undefined ? '' : ` (${detail})`;
  if (status === 'parked')
    return [{ kind: 'parked', sentence: `HiPay does not know it, and only a person sends it again${why}.` }];
  return [{ kind: 'waiting', sentence: `HiPay has not confirmed it yet; it is told as soon as it can be${why}.` }];
}
