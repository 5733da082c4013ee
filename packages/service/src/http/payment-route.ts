import { randomBytes } from 'node:crypto';
import type { Response } from 'express';
import type { DeskResult } from '../payments/desk-result.ts';
import type { Order } from '../payments/order.ts';
import type { Log } from '../payments/ports.ts';
import type { AppOptions } from './app-options.ts';
import { errorBody, httpStatusOf, nested } from './error-body.ts';
import { httpLimits } from './http-limits.ts';
import { readPaymentRequest } from './payment-request-body.ts';
import { type PaymentResponseBody, paymentResponseBody } from './payment-response-body.ts';
import { contentTypeProblem, readJsonBody } from './read-json-body.ts';
import { readRawBody } from './read-raw-body.ts';
import type { Parameter, Route } from './route.ts';
import { sendFailure } from './send-failure.ts';

const idempotencyKey: Parameter = {
  name: 'Idempotency-Key',
  in: 'header',
  description: 'Where sent: the same key gets the same result, always.',
  schema: { type: 'string', minLength: 1, maxLength: httpLimits.idempotencyKeyCharacters },
};

/** HiPay's own description of the interface says `/order`, its documentation page the bare URL: both are served. */
export function paymentRoutes(options: AppOptions): Route[] {
  const handle = answerPayment(options);
  const answers: Route['answers'] = {
    200: { description: 'The terminal decided, or could not be asked.', schema: 'PaymentAnswer' },
    400: { description: 'The request is wrong; nothing was charged.', schema: 'ErrorEnvelope' },
    409: {
      description: 'Another payment is running, or this order stands for another payment.',
      schema: 'ErrorEnvelope',
    },
    413: { description: 'The body is larger than 1 MiB.', schema: 'ErrorEnvelope' },
    415: { description: 'The body is not announced as JSON in UTF-8.', schema: 'ErrorEnvelope' },
    503: { description: 'The service is stopping, or the journal cannot be written.', schema: 'ErrorEnvelope' },
  };
  const route = { method: 'post', parameters: [idempotencyKey], body: 'PaymentRequest', answers, handle } as const;
  return [
    {
      ...route,
      path: '/order',
      operationId: 'pay',
      summary: 'Asks the terminal for a payment and waits for its result',
    },
    { ...route, path: '/', operationId: 'payAtRoot', summary: 'The same as POST /order' },
  ];
}

function answerPayment(options: AppOptions): Route['handle'] {
  const { language, log } = options;
  return async (request, response) => {
    const misfit = contentTypeProblem(request.get('content-type'));
    if (misfit !== undefined) return sendFailure(response, language, '1100', { detail: misfit }, 415);
    await readRawBody(request, response);
    const body = readJsonBody(request);
    if (!body.ok) return refuse(options, response, [body.problem]);
    const read = readPaymentRequest(body.value, {
      allowedCurrencies: options.allowedCurrencies,
      allowedTransactionTypes: options.allowedTransactionTypes,
      idempotencyKey: request.get('idempotency-key'),
      nowMs: () => options.clock.nowMs(),
      randomHex: (digits) => randomBytes(digits).toString('hex').slice(0, digits),
    });
    if (!read.ok) return refuse(options, response, read.problems);
    const { order } = read;
    const warnings = [...body.warnings, ...read.warnings];
    for (const warning of warnings) log.warn(warning, { orderId: order.orderId });
    const result = await options.desk.submit(order, { isWaiting: () => isOpen(response) });
    answer(options, response, order, result, warnings);
  };
}

function refuse({ log, language }: AppOptions, response: Response, problems: string[]): void {
  const detail = problems.join('; ');
  log.warn('A payment request was refused', { detail });
  sendFailure(response, language, '1100', { detail });
}

function answer(options: AppOptions, response: Response, order: Order, result: DeskResult, warnings: string[]): void {
  const { language, log } = options;
  // A misspelt order_id goes unseen in a log; the till's developer looks at the answer.
  const warned = (all: string[]) => (all.length > 0 ? { warnings: all } : {});
  if (result.kind === 'declined') {
    const { paidAtMs, ...about } = result.about;
    log.info('A payment request was declined', { orderId: order.orderId, errorCode: result.code });
    const { told = () => {} } = result;
    response.prependOnceListener('finish', () => {
      if (isOpen(response)) told();
    });
    const described = errorBody(result.code, language, { ...about, ...(paidAtMs !== undefined && { atMs: paidAtMs }) });
    response.status(httpStatusOf(result.code)).json({ ...described, ...warned(warnings) });
    return;
  }
  const { payment, replayed, told } = result;
  const body = paymentResponseBody(payment, order, replayed, { language });
  const { errorCode, errorDescription } = body;
  // A payment may also have failed for a reason that is the service's own, such as a journal that cannot be written.
  const status = errorCode === undefined ? 200 : httpStatusOf(errorCode);
  const failed = status >= 400 && errorCode !== undefined && errorDescription !== undefined;
  logAnswer(log, response, body, replayed);
  // Ahead of the listener of node:http, which may end the connection as it hears that the answer is out.
  response.prependOnceListener('finish', () => {
    if (isOpen(response)) told();
  });
  response.status(status).json({
    ...body,
    ...(failed && { error: nested(errorCode, errorDescription).error }),
    ...warned([...warnings, ...keyOfAnother(order, payment.order)]),
  });
}

/** A till whose key is always the same hands goods out that nobody has paid. */
function keyOfAnother(order: Order, paid: Order): string[] {
  if (!order.orderIdGiven || order.orderId === paid.orderId || order.idempotencyKey === undefined) return [];
  return [
    `Idempotency-Key: the key stands for order_id ${paid.orderId}, whose result this is; a new sale needs a new key`,
  ];
}

/** The journal's own facts tell the rest: what is told for the first time, and that it arrived. */
function logAnswer(log: Log, response: Response, body: PaymentResponseBody, replayed: boolean): void {
  const { orderId, paymentId, outcome } = body;
  if (!isOpen(response)) log.warn('A payment was answered, and its till had gone.', { paymentId, orderId, outcome });
  else if (replayed) log.info('A payment was answered again.', { paymentId, orderId, outcome });
}

function isOpen(response: Response): boolean {
  return !response.closed && response.socket !== null && !response.socket.destroyed;
}
