import { pause } from '@hipay-ecr/shared/clock.ts';
import express, { type Response, type Router } from 'express';
import { credentialsFit, type GatewayWorld } from './gateway-world.ts';
import { type HipayError, hipayErrors } from './hipay-errors.ts';
import { checkOrderForm } from './order-form.ts';
import { notBookedBody, transactionBody } from './transaction-body.ts';

const FORM_LIMIT = '2mb';
const HTML = '<html><head><title>500</title></head><body><h1>Internal Server Error</h1></body></html>';

/** HiPay's order interface: `POST order`, `GET transaction?orderid=` and `GET transaction/<reference>` (HiPay OpenAPI description of the gateway). */
export function orderRoutes(world: GatewayWorld): Router {
  const { book, clock, faults, credentials } = world;
  const router = express.Router();
  router.use(async (request, response, next) => {
    const delay = faults.take('delay');
    if (delay !== undefined) await pause(clock, delay.delayMs);
    const fault = faults.take('http_500_html', 'http_status', 'code');
    if (fault?.kind === 'http_500_html') response.status(500).type('html').send(HTML);
    else if (fault?.kind === 'http_status') response.status(fault.status).end();
    else if (fault?.kind === 'code') answer(response, { httpStatus: 400, body: simulatedError(fault.code) });
    else if (!credentialsFit(request.headers.authorization, credentials)) answer(response, hipayErrors.credentials());
    else next();
  });
  router.post('/order', express.urlencoded({ extended: false, limit: FORM_LIMIT }), (request, response) => {
    const taken = takeOrder(world, request.body ?? {});
    if (taken === 'cut') request.socket.destroy();
    else if (taken !== 'silence') answer(response, taken);
  });
  router.get('/transaction', ({ query }, response) => {
    const order = book.byOrderId(String(query.orderid ?? ''), clock.monotonicMs());
    response.json(order === undefined ? {} : { transaction: transactionBody(order) });
  });
  router.get('/transaction/:reference', ({ params: { reference } }, response) => {
    const order = book.byReference(reference, clock.monotonicMs());
    if (order === undefined) answer(response, hipayErrors.unknownTransaction(reference));
    else response.json({ transaction: transactionBody(order) });
  });
  return router;
}

/** What becomes of an order: its answer, or what its sender gets instead of one. */
type Taken = { httpStatus: number; body: object } | 'silence' | 'cut';

function takeOrder({ book, faults, clock, hashKey, log }: GatewayWorld, fields: Record<string, unknown>): Taken {
  const form = checkOrderForm(fields, hashKey);
  if ('httpStatus' in form) {
    log(`order refused: ${form.body.code} ${form.body.description}`);
    return form;
  }
  const state = faults.take('state')?.state;
  if (state !== undefined && state !== 'pending') {
    log(`order ${form.orderId}: ${state}, not booked`);
    return { httpStatus: 200, body: notBookedBody(form, state, clock.nowMs()) };
  }
  const order = book.book(form, clock.nowMs(), {
    ...(state !== undefined && { state }),
    visibleFromMs: clock.monotonicMs() + (faults.take('lag')?.lagMs ?? 0),
  });
  if ('httpStatus' in order) {
    log(`order ${form.orderId} refused: ${order.body.code} ${order.body.message}`);
    return order;
  }
  log(`order ${form.orderId} booked: ${form.amount} ${form.currency}, ${form.operation}, reference ${order.reference}`);
  const fault = faults.take('timeout_after_booking', 'drop_after_booking');
  if (fault !== undefined) return fault.kind === 'drop_after_booking' ? 'cut' : 'silence';
  return { httpStatus: 200, body: transactionBody(order) };
}

function answer(response: Response, { httpStatus, body }: { httpStatus: number; body: object }): void {
  response.status(httpStatus).json(body);
}

function simulatedError(code: string): HipayError['body'] {
  return { code, message: 'Simulated error', description: 'The simulated gateway was told to answer this code.' };
}
