import { MOMENT_WORDS } from '../payments/moment.ts';
import { PAYMENT_STATES } from '../payments/payment.ts';
import type { PaymentFilter } from '../payments/ports.ts';
import { httpLimits } from './http-limits.ts';
import { QueryReader } from './query-reader.ts';
import type { Parameter } from './route.ts';

/** From when to when, and how many at once. */
export function pagingParameters(what: string, limitMost: number): Parameter[] {
  const limit = { type: 'integer', minimum: 1, maximum: limitMost, default: httpLimits.listItemsByDefault };
  return [
    {
      ...{ name: 'from', in: 'query', schema: { type: 'string' } },
      description: `Only ${what} then or later: ${MOMENT_WORDS}.`,
    },
    {
      ...{ name: 'to', in: 'query', schema: { type: 'string' } },
      description: `Only ${what} before: ${MOMENT_WORDS}; a day counts whole.`,
    },
    { name: 'limit', in: 'query', description: 'At most so many.', schema: limit },
    { name: 'cursor', in: 'query', description: 'next of the page before.', schema: { type: 'string' } },
  ];
}

export const paymentFilterParameters: readonly Parameter[] = [
  { name: 'order_id', in: 'query', description: 'Only payments of this order.', schema: { type: 'string' } },
  { name: 'outcome', in: 'query', description: 'Only payments that stand so.', schema: { enum: [...PAYMENT_STATES] } },
  ...pagingParameters('payments accepted', httpLimits.listItems),
];

/** Reads the parameters of `GET /payments`; all that is wrong is named at once. */
export function readPaymentFilter(
  query: Readonly<Record<string, unknown>>,
): { ok: true; filter: PaymentFilter } | { ok: false; problems: string[] } {
  const reader = new QueryReader(query, paymentFilterParameters);
  const filter: PaymentFilter = {
    limit: reader.number('limit', httpLimits.listItems, httpLimits.listItemsByDefault),
  };
  const outcome = reader.given('outcome');
  const known = PAYMENT_STATES.find((one) => one === outcome);
  if (known !== undefined) filter.outcome = known;
  else if (outcome !== undefined) reader.wrong('outcome', `one of ${PAYMENT_STATES.join(', ')}`);
  const orderId = reader.given('order_id');
  if (orderId !== undefined) filter.orderId = orderId;
  const cursor = reader.given('cursor');
  if (cursor !== undefined && cursor.length > httpLimits.cursorCharacters) {
    reader.wrong('cursor', 'next of the page before');
  } else if (cursor !== undefined) filter.cursor = cursor;
  Object.assign(filter, reader.period());
  const { problems } = reader;
  return problems.length === 0 ? { ok: true, filter } : { ok: false, problems };
}
