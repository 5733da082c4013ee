import type { Response } from 'express';
import type { AppOptions } from './app-options.ts';
import { shortened } from './found.ts';
import { httpLimits } from './http-limits.ts';
import { sendFailure } from './send-failure.ts';

/** 404 for a payment id that is none. People take an order_id for it: then the payments of that order are named (rule 15 wants one). */
export async function paymentNotFound(
  { payments, language }: Pick<AppOptions, 'payments' | 'language'>,
  response: Response,
  id: string,
): Promise<void> {
  const { items, next } = await payments.list({ orderId: id, limit: httpLimits.paymentsNamed });
  const named = items.map(({ paymentId, state }) => `${paymentId} (${state})`).join(', ');
  const more = next === undefined ? '' : ' and more';
  const wanted = items.length === 1 ? 'its payment' : 'one of its payments';
  const instead =
    items.length === 0
      ? 'nor an order of that name (GET /payments and tp-manager payments list show what there is)'
      : `that is an order_id: name ${wanted} ${named}${more} instead`;
  const separator = items.length === 0 ? ', ' : '; ';
  sendFailure(response, language, '1103', { detail: `there is no payment ${shortened(id)}${separator}${instead}` });
}
