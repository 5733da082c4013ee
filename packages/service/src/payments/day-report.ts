import type { DayTotal, Sum } from './day-total.ts';
import type { Orphan } from './fact.ts';
import type { LocalDay } from './local-day.ts';
import type { TransactionType } from './order.ts';
import { orphanDifference } from './orphan-difference.ts';
import type { Outcome, Payment, PaymentState, RegistrationStatus } from './payment.ts';
import { type Difference, type DifferenceKind, differencesOf, lateDifferences } from './report-difference.ts';
import { takenMinor } from './report-gap.ts';
import { type ComparedTotal, compareTotal, type TerminalTotal } from './terminal-total.ts';

type SumName = Exclude<keyof DayTotal, 'currency' | 'transactionType'>;

/** One payment of the day. */
export interface ReportLine {
  paymentId: string;
  orderId: string;
  atMs: number;
  transactionType: TransactionType;
  currency: string;
  askedMinor: number;
  outcome: PaymentState;
  takenMinor?: number;
  registration: RegistrationStatus;
  reference?: string;
  /** The till was told, and of an approval nothing else. */
  isTold: boolean;
  differences: DifferenceKind[];
}

/** The end of a day: what the till asked, what the terminal answered, what HiPay was told, and each difference. */
export interface DayReport extends LocalDay {
  totals: DayTotal[];
  differences: Difference[];
  payments: ReportLine[];
  terminal?: ComparedTotal;
}

/** Adds a day up, payment by payment, to the cent. A payment belongs to the day on which the till asked for it. */
export class DayReporter {
  readonly #day: LocalDay;
  readonly #totals = new Map<string, DayTotal>();
  readonly #differences: Difference[] = [];
  readonly #lines: ReportLine[] = [];

  constructor(day: LocalDay) {
    this.#day = day;
  }

  /** A payment that the till asked for on this day. */
  add(payment: Payment): void {
    const differences = differencesOf(payment, this.#day);
    this.#differences.push(...differences);
    this.#lines.push(lineOf(payment, differences));
    const total = this.#totalOf(payment);
    count(total.asked, payment.order.amountMinor);
    count(
      total[outcomeSum(payment.state)],
      payment.state === 'approved' ? takenMinor(payment) : payment.order.amountMinor,
    );
    if (payment.state === 'approved') count(total[hipaySum(payment.registration.status)], takenMinor(payment));
  }

  /** A payment of an earlier day: it is told of only where it reaches into this one. */
  addEarlier(payment: Payment): void {
    this.#differences.push(...lateDifferences(payment, this.#day));
  }

  /** An answer that came on this day and belongs to no payment. */
  addOrphan(orphan: Orphan): void {
    this.#differences.push(orphanDifference(orphan));
  }

  finish(terminalTotal?: TerminalTotal): DayReport {
    const totals = [...this.#totals.values()].sort((one, other) => (nameOf(one) < nameOf(other) ? -1 : 1));
    const differences = this.#differences.toSorted((one, other) => one.atMs - other.atMs);
    const payments = this.#lines.toSorted((one, other) => one.atMs - other.atMs);
    const report: DayReport = { ...this.#day, totals, differences, payments };
    return terminalTotal === undefined ? report : { ...report, terminal: compareTotal(report, terminalTotal) };
  }

  #totalOf({ order: { currency, transactionType } }: Payment): DayTotal {
    const name = nameOf({ currency, transactionType });
    const total = this.#totals.get(name) ?? emptyTotal(currency, transactionType);
    this.#totals.set(name, total);
    return total;
  }
}

/** By currency, and within it what came in before what went out. */
function nameOf({ currency, transactionType }: Pick<DayTotal, 'currency' | 'transactionType'>): string {
  return `${currency} ${transactionType === 'Debit' ? 0 : 1}`;
}

function emptyTotal(currency: string, transactionType: TransactionType): DayTotal {
  const none = (): Sum => ({ count: 0, amountMinor: 0 });
  return {
    ...{ currency, transactionType },
    ...{ asked: none(), approved: none(), refused: none(), notSent: none(), unknown: none(), running: none() },
    ...{ registered: none(), waiting: none(), parked: none() },
  };
}

function count(sum: Sum, amountMinor: number): void {
  sum.count += 1;
  sum.amountMinor += amountMinor;
}

function outcomeSum(state: PaymentState): SumName {
  const names: Record<Outcome, SumName> = {
    ...{ approved: 'approved', refused: 'refused', not_sent: 'notSent', unknown: 'unknown' },
  };
  return state === 'opening' || state === 'running' ? 'running' : names[state];
}

function hipaySum(status: RegistrationStatus): SumName {
  return status === 'registered' || status === 'parked' ? status : 'waiting';
}

function lineOf(payment: Payment, differences: Difference[]): ReportLine {
  const { paymentId, order, acceptedAtMs, state, amountTakenMinor, registration, toldAtMs } = payment;
  const kinds = [...new Set(differences.map(({ kind }) => kind))];
  return {
    ...{ paymentId, orderId: order.orderId, atMs: acceptedAtMs },
    ...{ transactionType: order.transactionType, currency: order.currency, askedMinor: order.amountMinor },
    ...{
      outcome: state,
      registration: registration.status,
      isTold: toldAtMs !== undefined && !kinds.includes('not_told'),
    },
    ...(amountTakenMinor !== undefined && { takenMinor: amountTakenMinor }),
    ...(registration.reference !== undefined && { reference: registration.reference }),
    differences: kinds,
  };
}
