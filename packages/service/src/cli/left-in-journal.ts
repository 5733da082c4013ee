import { OperatingError } from '@hipay-ecr/shared/errors.ts';
import { formatMinor } from '@hipay-ecr/shared/money.ts';
import { journalFile } from '../journal/journal-files.ts';
import { journalProblem } from '../journal/journal-problem.ts';
import { type JournalReading, openJournalForReading } from '../journal/open-for-reading.ts';
import type { Payment } from '../payments/payment.ts';
import { cliLimits } from './cli-limits.ts';
import { counted, table, wrapped } from './layout.ts';
import { PAYMENT_COLUMNS, paymentCells } from './payment-row.ts';

/** What a journal takes along that is put aside: nobody sends it, and nobody settles it, any more. */
export interface LeftInJournal {
  /** How many approved payments wait for HiPay, or are parked. */
  unregistered: number;
  /** How many are in doubt, or had not ended. */
  inDoubt: number;
  /** Answers of the terminal that belong to no payment, and that nobody has looked at. */
  orphans: number;
  /** Some of each, the oldest of those that wait, and the newest of those in doubt. */
  payments: {
    paymentId: string;
    orderId: string;
    amount: string;
    currency: string;
    acceptedAt: string;
    what: string;
  }[];
}

/** Undefined where the journal cannot be read, as a damaged one, or a newer version's. */
export async function leftInJournal(dataFolder: string): Promise<LeftInJournal | undefined> {
  try {
    const journal = await openJournalForReading(dataFolder);
    try {
      return await read(journal);
    } finally {
      await journal.close();
    }
  } catch (error) {
    // A bug stays one.
    if (!(journalProblem(error, journalFile(dataFolder)) instanceof OperatingError)) throw error;
    return undefined;
  }
}

async function read(journal: JournalReading): Promise<LeftInJournal> {
  const limit = cliLimits.attentionShown;
  const [counts, waiting, parked, unknown, running] = await Promise.all([
    journal.counts(),
    journal.awaitingRegistration(limit),
    journal.parked(limit),
    journal.list({ outcome: 'unknown', limit }),
    journal.list({ outcome: 'running', limit }),
  ]);
  return {
    unregistered: counts.awaitingRegistration + counts.parked,
    inDoubt: counts.unknown + running.items.length,
    orphans: counts.orphans,
    payments: [
      ...[...waiting, ...parked].slice(0, limit).map((payment) => itemOf(payment, 'not at HiPay')),
      ...[...running.items, ...unknown.items].slice(0, limit).map((payment) => itemOf(payment, 'in doubt')),
    ],
  };
}

function itemOf(payment: Payment, what: string): LeftInJournal['payments'][number] {
  const { paymentId, order, acceptedAtMs, amountTakenMinor } = payment;
  return {
    ...{ paymentId, orderId: order.orderId, currency: order.currency, what },
    amount: formatMinor(amountTakenMinor ?? order.amountMinor),
    acceptedAt: new Date(acceptedAtMs).toISOString(),
  };
}

/** For people; empty where nothing is left in it. */
export function describeLeft(left: LeftInJournal | undefined): string[] {
  if (left === undefined) return [wrapped('What waits in it for HiPay, and what is in doubt, cannot be read.', '')];
  const { unregistered, inDoubt, orphans, payments } = left;
  if (unregistered + inDoubt + orphans === 0) return [];
  const rows = payments.map((payment) => [...paymentCells(payment, payment.amount), payment.what]);
  const more = unregistered + inDoubt - payments.length;
  const kinds = [
    unregistered > 0 && `${counted(unregistered, 'approved payment')} that HiPay has not been told of`,
    inDoubt > 0 && `${counted(inDoubt, 'payment')} in doubt`,
    orphans > 0 && `${counted(orphans, 'answer')} of the terminal that nobody has looked at`,
  ].filter((kind) => kind !== false);
  return [
    wrapped(`Left in it: ${kinds.join(', ')}.`, ''),
    ...(rows.length > 0 ? [table([...PAYMENT_COLUMNS, { head: 'what' }], rows)] : []),
    ...(more > 0 ? [`and ${more} more`] : []),
  ];
}
