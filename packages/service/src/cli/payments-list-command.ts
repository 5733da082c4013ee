import { PAYMENT_STATES } from '../payments/payment.ts';
import { cliLimits } from './cli-limits.ts';
import { type CliWorld, EXIT, type ExitStatus } from './cli-world.ts';
import { Connection } from './connection.ts';
import { table } from './layout.ts';
import { aMoment, checkOptions, oneOf } from './option-checks.ts';
import type { PaymentItem } from './payment-answer.ts';
import { PAYMENT_COLUMNS, paymentCells } from './payment-row.ts';
import { json } from './show-json.ts';

export interface ListOptions {
  order?: string;
  outcome?: string;
  from?: string;
  to?: string;
  limit: number;
  cursor?: string;
}

interface Page {
  items: PaymentItem[];
  next?: string;
}

export function listCommand(options: ListOptions, world: CliWorld): Promise<ExitStatus> {
  checkOptions('payments list', [
    { name: '--outcome', given: options.outcome, check: oneOf(...PAYMENT_STATES) },
    { name: '--from', given: options.from, check: aMoment },
    { name: '--to', given: options.to, check: aMoment },
  ]);
  return Connection.with(world, async (connection) => {
    const page = await readPages(connection, options);
    world.print(world.asJson() ? json(page) : describe(page));
    return EXIT.fine;
  });
}

/** As many as were asked for, though each answer may bring fewer. */
async function readPages(connection: Connection, options: ListOptions): Promise<Page> {
  const { order, limit, ...rest } = options;
  const items: PaymentItem[] = [];
  let next = rest.cursor;
  do {
    const values = {
      ...rest,
      order_id: order,
      cursor: next,
      limit: String(Math.min(cliLimits.page, limit - items.length)),
    };
    const given = Object.entries(values).filter((entry): entry is [string, string] => entry[1] !== undefined);
    const page = (await connection.read(`/payments?${new URLSearchParams(given)}`)).body as Page;
    items.push(...page.items);
    next = page.next;
  } while (next !== undefined && items.length < limit);
  return { items, ...(next !== undefined && { next }) };
}

function describe({ items, next }: Page): string {
  if (items.length === 0) return 'There are no such payments.';
  const columns = [...PAYMENT_COLUMNS, { head: 'outcome' }, { head: 'HiPay', gives: true }] as const;
  const rows = items.map((item) => [
    ...paymentCells(item, `${item.transactionType === 'Credit' ? '-' : ''}${item.amountTaken ?? item.amount}`),
    item.outcome + (item.alarms.length > 0 ? '!' : ''),
    item.registration === 'none' ? '' : item.registration,
  ]);
  const more = next === undefined ? [] : [`There are more: --cursor ${next}`];
  return [table(columns, rows), ...more].join('\n');
}
