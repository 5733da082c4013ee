import { OperatingError } from '@hipay-ecr/shared/errors.ts';
import { cliLimits } from './cli-limits.ts';
import type { Connection } from './connection.ts';
import { table } from './layout.ts';
import type { PaymentItem } from './payment-answer.ts';
import { PAYMENT_COLUMNS, paymentCells } from './payment-row.ts';

/**
 * The id of the payment that is to be changed: the name itself, or the only payment of the order of that name. Where the order
 * has had several a person must say which one. What cannot be found is given on as it is: the service says why it is none.
 */
export async function paymentMeant(name: string, connection: Connection): Promise<string> {
  const known = await connection.ask({ method: 'GET', path: `/payments/${encodeURIComponent(name)}` });
  if (known === 'down' || known.status !== 404) return name;
  const query = new URLSearchParams({ order_id: name, limit: String(cliLimits.attentionShown) });
  const listed = await connection.ask({ method: 'GET', path: `/payments?${query}` });
  if (listed === 'down' || listed.status !== 200) return name;
  const { items, next } = listed.body as { items: PaymentItem[]; next?: string };
  const [only] = items;
  if (items.length > 1) throw new OperatingError('1103', whichOne(name, items, next !== undefined));
  return only?.paymentId ?? name;
}

function whichOne(order: string, items: PaymentItem[], areMore: boolean): string {
  const rows = items.map((item) => [...paymentCells(item, item.amountTaken ?? item.amount), item.outcome]);
  return [
    `Order ${order} has had several payments: name the one that is meant by its id. Nothing was done.`,
    table([...PAYMENT_COLUMNS, { head: 'outcome' }], rows),
    ...(areMore ? [`There are more: tp-manager payments list --order ${order}`] : []),
  ].join('\n');
}
