import { type DayReport, DayReporter } from './day-report.ts';
import type { LocalDay } from './local-day.ts';
import type { Payment } from './payment.ts';
import type { Journal, PaymentFilter } from './ports.ts';
import type { TerminalTotal } from './terminal-total.ts';

export const readDayLimits = {
  /** Read at once, so that a report holds nothing up (rule 17). */
  page: 50,
} as const;

/** The report of a day, read from the journal a page at a time. */
export async function readDay(
  journal: Pick<Journal, 'list' | 'answeredLater' | 'orphans'>,
  day: LocalDay,
  terminalTotal?: TerminalTotal,
): Promise<DayReport> {
  const { fromMs, toMs } = day;
  const { page } = readDayLimits;
  const reporter = new DayReporter(day);
  await eachPayment(journal, { fromMs, toMs, limit: page }, (payment) => reporter.add(payment));
  for (const payment of await answeredLater(journal, day)) reporter.addEarlier(payment);
  for (let skip = 0; ; skip += page) {
    const orphans = await journal.orphans({ fromMs, toMs, limit: page, skip });
    for (const orphan of orphans) reporter.addOrphan(orphan);
    if (orphans.length < page) break;
  }
  return reporter.finish(terminalTotal);
}

/** However long before: a terminal may be off over holidays. One that was answered twice is one payment. */
async function answeredLater(
  journal: Pick<Journal, 'answeredLater'>,
  { fromMs, toMs }: LocalDay,
): Promise<Iterable<Payment>> {
  const found = new Map<string, Payment>();
  for (let behind: number | undefined; ; ) {
    const { items, next } = await journal.answeredLater({ fromMs, toMs }, behind);
    for (const payment of items) found.set(payment.paymentId, payment);
    if (next === undefined) return found.values();
    behind = next;
  }
}

async function eachPayment(
  journal: Pick<Journal, 'list'>,
  filter: PaymentFilter,
  take: (payment: Payment) => void,
): Promise<void> {
  for (let cursor: string | undefined; ; ) {
    const { items, next } = await journal.list(cursor === undefined ? filter : { ...filter, cursor });
    for (const payment of items) take(payment);
    if (next === undefined) return;
    cursor = next;
  }
}
