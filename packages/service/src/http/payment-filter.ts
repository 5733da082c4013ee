import type { PaymentFilter } from '../payments/ports.ts';
import { found, shortened } from './found.ts';
import { httpLimits } from './http-limits.ts';
import type { Parameter } from './route.ts';

const outcomes = ['opening', 'running', 'approved', 'refused', 'not_sent', 'unknown'] as const;
const MOMENT_WORDS = 'a day such as 2026-01-05 (local) or a moment such as 2026-01-05T09:30:00Z';

export const paymentFilterParameters: readonly Parameter[] = [
  { name: 'order_id', in: 'query', description: 'Only payments of this order.', schema: { type: 'string' } },
  { name: 'outcome', in: 'query', description: 'Only payments that stand so.', schema: { enum: [...outcomes] } },
  {
    name: 'from',
    in: 'query',
    description: `Only payments accepted then or later: ${MOMENT_WORDS}.`,
    schema: { type: 'string' },
  },
  {
    name: 'to',
    in: 'query',
    description: `Only payments accepted before: ${MOMENT_WORDS}; a day counts whole.`,
    schema: { type: 'string' },
  },
  {
    name: 'limit',
    in: 'query',
    description: 'At most so many.',
    schema: { type: 'integer', minimum: 1, maximum: httpLimits.listItems, default: httpLimits.listItemsByDefault },
  },
  { name: 'cursor', in: 'query', description: 'next of the page before.', schema: { type: 'string' } },
];
const names = paymentFilterParameters.map(({ name }) => name);

/** Reads the parameters of `GET /payments`; all that is wrong is named at once. */
export function readPaymentFilter(
  query: Readonly<Record<string, unknown>>,
): { ok: true; filter: PaymentFilter } | { ok: false; problems: string[] } {
  const problems: string[] = [];
  const wrong = (name: string, expected: string): undefined => {
    problems.push(`${shortened(name)}: found ${found(query[name])}, expected ${expected}`);
  };
  const given = (name: string): string | undefined => {
    const value = query[name];
    if (value === undefined || value === '') return undefined;
    return typeof value === 'string' ? value : wrong(name, 'it once');
  };
  const moment = (name: string, daysOn: number): number | undefined => {
    const text = given(name);
    return text === undefined ? undefined : (readMoment(text, daysOn) ?? wrong(name, MOMENT_WORDS));
  };
  for (const name of Object.keys(query)) {
    if (!names.includes(name))
      problems.push(`${shortened(name)}: unknown parameter, expected one of ${names.join(', ')}`);
  }
  const filter: PaymentFilter = { limit: httpLimits.listItemsByDefault };
  const limit = given('limit');
  if (limit !== undefined) {
    const items = /^\d{1,9}$/.test(limit) ? Number(limit) : 0;
    if (items >= 1 && items <= httpLimits.listItems) filter.limit = items;
    else wrong('limit', `a number from 1 to ${httpLimits.listItems}`);
  }
  const outcome = given('outcome');
  const known = outcomes.find((one) => one === outcome);
  if (known !== undefined) filter.outcome = known;
  else if (outcome !== undefined) wrong('outcome', `one of ${outcomes.join(', ')}`);
  const orderId = given('order_id');
  if (orderId !== undefined) filter.orderId = orderId;
  const cursor = given('cursor');
  if (cursor !== undefined && cursor.length > httpLimits.cursorCharacters) wrong('cursor', 'next of the page before');
  else if (cursor !== undefined) filter.cursor = cursor;
  const fromMs = moment('from', 0);
  if (fromMs !== undefined) filter.fromMs = fromMs;
  const toMs = moment('to', 1);
  if (toMs !== undefined) filter.toMs = toMs;
  if (fromMs !== undefined && toMs !== undefined && fromMs >= toMs) wrong('to', 'a time after from');
  return problems.length === 0 ? { ok: true, filter } : { ok: false, problems };
}

const DAY = /^(\d{4})-(\d{2})-(\d{2})$/;
const MOMENT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:\d{2})$/;

/** A day is that of the till's own clock on the wall, and begins at its midnight; `daysOn` days later where it is an end. */
function readMoment(text: string, daysOn: number): number | undefined {
  const day = DAY.exec(text);
  if (day !== null) {
    const [year, month, date] = day.slice(1).map(Number) as [number, number, number];
    const begins = new Date(year, month - 1, date);
    const exists = begins.getFullYear() === year && begins.getMonth() === month - 1 && begins.getDate() === date;
    return exists ? new Date(year, month - 1, date + daysOn).getTime() : undefined;
  }
  const momentMs = MOMENT.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(momentMs) ? undefined : momentMs;
}
