import type { AppOptions } from './app-options.ts';
import { paymentIdParameter } from './journal-routes.ts';
import { paymentNotFound } from './payment-not-found.ts';
import type { Route } from './route.ts';

export function traceRoute(options: AppOptions): Route {
  const { payments } = options;
  return {
    method: 'get',
    path: '/payments/{paymentId}/trace',
    operationId: 'tracePayment',
    summary: 'Shows the bytes that went over the line for a payment, with their times',
    parameters: [paymentIdParameter],
    answers: {
      200: {
        description: 'The lines, as text where the request accepts only that.',
        schema: 'Trace',
        also: ['text/plain'],
      },
    },
    handle: async (request, response) => {
      const id = String(request.params.paymentId);
      const payment = await payments.payment(id);
      if (payment === undefined) return paymentNotFound(options, response, id);
      const { paymentId, order, trace } = payment;
      if (request.accepts(['application/json', 'text/plain']) !== 'text/plain') {
        return void response.json({ paymentId, orderId: order.orderId, lines: trace });
      }
      response.type('text/plain').send(trace.map((line) => `${line}\n`).join(''));
    },
  };
}
