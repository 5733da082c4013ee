import { OperatingError } from '@hipay-ecr/shared/errors.ts';
import type { PaymentFilter } from '../payments/ports.ts';
import { journalLimits } from './journal-limits.ts';
import type { IndexRow, Page } from './store.ts';

type Place = Page['before'];

/** Where the next page begins: after this payment. Stable while payments are added, since those are newer. */
export function cursorAfter({ acceptedAtMs, paymentId }: IndexRow): string {
  return Buffer.from(`${acceptedAtMs} ${paymentId}`).toString('base64url');
}

/** The page that a filter asks for, with room for one more payment, which tells whether there is a next page. */
export function pageOf({ orderId, outcome, fromMs, toMs, limit, cursor }: PaymentFilter): Page {
  const end: Place = { acceptedAtMs: toMs ?? Number.MAX_SAFE_INTEGER, paymentId: '' };
  const place = cursor === undefined ? end : placeOf(cursor);
  return {
    ...(orderId === undefined ? {} : { orderId }),
    ...(outcome === undefined ? {} : { state: outcome }),
    fromMs: fromMs ?? 0,
    before: place.acceptedAtMs < end.acceptedAtMs ? place : end,
    limit: pageSize(limit) + 1,
  };
}

export function pageSize(limit: number): number {
  return Math.min(Math.max(1, Math.trunc(limit)), journalLimits.listMost);
}

function placeOf(cursor: string): Place {
  const [, acceptedAtMs, paymentId] = /^(\d{1,15}) (\S+)$/.exec(Buffer.from(cursor, 'base64url').toString()) ?? [];
  if (acceptedAtMs === undefined || paymentId === undefined) {
    throw new OperatingError(
      '1100',
      `cursor: '${cursor.slice(0, 80)}' is not one that this journal gave; expected the 'next' of the page before.`,
    );
  }
  return { acceptedAtMs: Number(acceptedAtMs), paymentId };
}
