import { type DayReport, DayReporter } from './day-report.ts';
import type { LocalDay } from './local-day.ts';
import type { Payment } from './payment.ts';
import type { Journal, PaymentFilter } from './ports.ts';
import type { TerminalTotal } from './terminal-total.ts';

export const readDayLimits = {
  /** Read at once, so that a report holds nothing up (rule 17). */
  page: 50,
  /** How long before midnight a payment may have been asked for that is approved after it: a terminal may be off over holidays. */
  lookBackMs: 8 * 24 * 3600_000,
} as const;

/** The report of a day, read from the journal a page at a time. */
export async function readDay(
  journal: Pick<Journal, 'list' | 'orphans'>,
  day: LocalDay,
  terminalTotal?: TerminalTotal,
): Promise<DayReport> {
  const { fromMs, toMs } = day;
  const { page, lookBackMs } = readDayLimits;
  const reporter = new DayReporter(day);
  await eachPayment(journal, { fromMs, toMs, limit: page }, (payment) => reporter.add(payment));
  const before = { fromMs: fromMs - lookBackMs, toMs: fromMs, limit: page };
  await eachPayment(journal, before, (payment) => reporter.addEarlier(payment));
  for (let skip = 0; ; skip += page) {
    const orphans = await journal.orphans({ fromMs, toMs, limit: page, skip });
    for (const orphan of orphans) reporter.addOrphan(orphan);
    if (orphans.length < page) break;
  }
  return reporter.finish(terminalTotal);
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
