import type { AppOptions } from './app-options.ts';
import { paymentDetails, paymentListItem } from './journal-body.ts';
import { paymentFilterParameters, readPaymentFilter } from './payment-filter.ts';
import { paymentNotFound } from './payment-not-found.ts';
import type { Parameter, Route } from './route.ts';
import { sendFailure } from './send-failure.ts';

export const paymentIdParameter: Parameter = {
  name: 'paymentId',
  in: 'path',
  description: 'Our id of the payment.',
  schema: { type: 'string' },
};

export function journalRoutes(options: AppOptions): Route[] {
  const { payments, language } = options;
  return [
    {
      method: 'get',
      path: '/payments',
      operationId: 'listPayments',
      summary: 'Lists the payments in the journal, newest first',
      parameters: paymentFilterParameters,
      answers: {
        200: { description: 'The payments.', schema: 'PaymentList' },
        400: { description: 'A parameter is wrong.', schema: 'ErrorEnvelope' },
      },
      handle: async (request, response) => {
        const read = readPaymentFilter(request.query);
        if (!read.ok) return sendFailure(response, language, '1100', { detail: read.problems.join('; ') });
        const { items, next } = await payments.list(read.filter);
        response.json({ items: items.map(paymentListItem), ...(next !== undefined && { next }) });
      },
    },
    {
      method: 'get',
      path: '/payments/{paymentId}',
      operationId: 'showPayment',
      summary: 'Shows one payment, with all that happened to it',
      parameters: [paymentIdParameter],
      answers: {
        200: { description: 'The payment.', schema: 'PaymentDetails' },
        400: { description: 'The path cannot be decoded.', schema: 'ErrorEnvelope' },
      },
      handle: async (request, response) => {
        const id = String(request.params.paymentId);
        const payment = await payments.payment(id);
        if (payment === undefined) return paymentNotFound(options, response, id);
        response.json(paymentDetails(payment, await payments.facts(id)));
      },
    },
  ];
}
