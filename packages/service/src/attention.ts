import { formatMinor } from '@hipay-ecr/shared/money.ts';
import type { AttentionPayment, HealthReport } from './http/health-report.ts';
import { orphanBody } from './http/orphan-body.ts';
import type { Payment, PaymentState } from './payments/payment.ts';
import type { Journal } from './payments/ports.ts';

export const attentionLimits = {
  /** Of each kind so many are named; the counts beside them are whole. */
  named: 200,
  page: 50,
} as const;

type Sources = Pick<Journal, 'list' | 'alarmed' | 'parked' | 'orphans'>;

/** One by one, what a person must look at (I15). */
export async function attentionOf(journal: Sources): Promise<HealthReport['attention']> {
  const { page } = attentionLimits;
  const standing = (outcome: PaymentState) =>
    pages<Payment, string>((cursor) => journal.list({ outcome, limit: page, ...(cursor !== undefined && { cursor }) }));
  const [unknown, running, alarmed, parked, orphans] = await Promise.all([
    standing('unknown'),
    standing('running'),
    pages<Payment, string>(async (last) => behindLast(await journal.alarmed(page, last))),
    pages<Payment, string>(async (last) => behindLast(await journal.parked(page, last))),
    pages<Record<string, unknown>, number>(async (skip = 0) => {
      const orphans = await journal.orphans({ onlyOpen: true, limit: page, skip });
      return { items: orphans.map(orphanBody), ...(orphans.length === page && { next: skip + page }) };
    }),
  ]);
  return {
    unknown: unknown.map((payment) => attention(payment, [payment.detail ?? ''])),
    running: running.map((payment) => attention(payment, ['the terminal was asked, and has not answered yet'])),
    alarms: alarmed.map((payment) => attention(payment, payment.alarms)),
    parked: parked.map((payment) => attention(payment, [payment.registration.detail ?? ''])),
    orphans,
  };
}

async function pages<Item, Place>(
  read: (from: Place | undefined) => Promise<{ items: Item[]; next?: Place }>,
): Promise<Item[]> {
  const all: Item[] = [];
  let from: Place | undefined;
  do {
    const { items, next } = await read(from);
    all.push(...items);
    from = next;
  } while (from !== undefined && all.length < attentionLimits.named);
  return all;
}

function behindLast(items: Payment[]): { items: Payment[]; next?: string } {
  const last = items.at(-1);
  return items.length < attentionLimits.page || last === undefined ? { items } : { items, next: last.paymentId };
}

function attention(payment: Payment, sentences: string[]): AttentionPayment {
  const { paymentId, order, acceptedAtMs, amountTakenMinor } = payment;
  return {
    ...{ paymentId, orderId: order.orderId, currency: order.currency, sentences },
    amount: formatMinor(amountTakenMinor ?? order.amountMinor),
    acceptedAt: new Date(acceptedAtMs).toISOString(),
  };
}
