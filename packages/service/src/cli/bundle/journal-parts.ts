import { formatMinor } from '@hipay-ecr/shared/money.ts';
import { attentionOf } from '../../attention.ts';
import { type JournalReading, openJournalForReading } from '../../journal/open-for-reading.ts';
import type { Payment } from '../../payments/payment.ts';
import { cliLimits } from '../cli-limits.ts';
import { json } from '../show-json.ts';
import type { BundlePart, BundleSources } from './bundle-part.ts';

/** What the journal says, read from outside: the service may be up or down. Nobody's name, no cart, no note of a person. */
export function journalParts({ dataFolder }: BundleSources): BundlePart[] {
  const reading = async <Read>(read: (journal: JournalReading) => Promise<Read>): Promise<Read> => {
    const journal = await openJournalForReading(dataFolder);
    try {
      return await read(journal);
    } finally {
      await journal.close();
    }
  };
  return [
    {
      name: 'journal.json',
      what: 'how many payments a person must look at, and which',
      read: () =>
        reading(async (journal) => json({ counts: await journal.counts(), attention: await attentionOf(journal) })),
    },
    {
      name: 'traces.txt',
      what: `the last ${cliLimits.bundleTraces} payments: their facts, and the bytes that went over the line`,
      read: () => reading(lastPayments),
    },
  ];
}

async function lastPayments(journal: JournalReading): Promise<string> {
  const { items } = await journal.list({ limit: cliLimits.bundleTraces });
  const told: string[] = [];
  for (const payment of items) {
    const facts = await journal.facts(payment.paymentId);
    const steps = facts.map(({ kind, atMs }) => `${new Date(atMs).toISOString()} ${kind}`);
    told.push([summaryOf(payment), ...steps, ...payment.trace].join('\n'));
  }
  return `${told.join('\n\n')}\n`;
}

function summaryOf(payment: Payment): string {
  const { paymentId, order, state, code, detail, asked, answer, registration, alarms } = payment;
  const { status, attempts, reference, detail: why } = registration;
  const about = {
    ...{ orderId: order.orderId, amount: formatMinor(order.amountMinor), currency: order.currency },
    ...{ type: order.transactionType, state, code, detail, device: asked?.device, alarms },
    ...{ stat: answer?.stat, mode: answer?.mode, matchedBy: answer?.matchedBy },
    hipay: { status, attempts, reference, detail: why },
  };
  return `${paymentId} ${JSON.stringify(about)}`;
}
