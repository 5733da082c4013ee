import { maskDigits } from '@hipay-ecr/shared/masked.ts';
import { parseAmount } from '@hipay-ecr/shared/money.ts';
import type { Request, Response } from 'express';
import type { Resend } from '../payments/resend-registration.ts';
import type { Resolution } from '../payments/resolution.ts';
import type { AppOptions } from './app-options.ts';
import { bodyChecks } from './body-checks.ts';
import { found } from './found.ts';
import { paymentDetails } from './journal-body.ts';
import { paymentIdParameter } from './journal-routes.ts';
import { paymentNotFound } from './payment-not-found.ts';
import { resendExpected, resendParkedExpected, resolutionExpected } from './people-schemas.ts';
import { readObject } from './read-object.ts';
import type { Route } from './route.ts';
import { sendFailure } from './send-failure.ts';

const bodies = {
  resolution: { validate: bodyChecks.resolution, expected: resolutionExpected },
  resend: { validate: bodyChecks.resend, expected: resendExpected },
  resendParked: { validate: bodyChecks.resendParked, expected: resendParkedExpected },
};

/** What a request that changes something can be told, whatever it changes. */
export const wrongChange: Route['answers'] = {
  400: { description: 'The request is wrong; nothing was changed.', schema: 'ErrorEnvelope' },
  413: { description: 'The body is larger than 1 MiB.', schema: 'ErrorEnvelope' },
  415: { description: 'The body is not announced as JSON in UTF-8.', schema: 'ErrorEnvelope' },
  503: { description: 'The journal cannot be written; nothing was changed.', schema: 'ErrorEnvelope' },
};
const declined = {
  description: 'Not as the payment stands; the description says why.',
  schema: 'ErrorEnvelope',
} as const;

/** What only a person can do: settle what is in doubt, and send again what is parked. */
export function peopleRoutes(options: AppOptions): Route[] {
  const { people } = options;
  return [
    {
      method: 'post',
      path: '/payments/{paymentId}/resolution',
      operationId: 'resolvePayment',
      summary: 'A person settles a payment whose outcome is in doubt; an approved one is then told to HiPay',
      parameters: [paymentIdParameter],
      body: 'Resolution',
      answers: { ...wrongChange, 200: { description: 'It is settled.', schema: 'PaymentDetails' }, 409: declined },
      handle: async (request, response) => {
        const body = await readObject(request, response, bodies.resolution);
        if (!body.ok) return refuse(options, response, body);
        const resolution = readResolution(body.value);
        if ('detail' in resolution) return refuse(options, response, { status: 400, detail: resolution.detail });
        await answer(options, request, response, await people.resolve(idOf(request), resolution));
      },
    },
    {
      method: 'post',
      path: '/payments/{paymentId}/resend',
      operationId: 'resendRegistration',
      summary:
        'A person sends a parked registration again, to the account that is configured now; HiPay is asked for it first',
      parameters: [paymentIdParameter],
      body: 'Resend',
      answers: { ...wrongChange, 200: { description: 'It goes out again.', schema: 'PaymentDetails' }, 409: declined },
      handle: async (request, response) => {
        const body = await readObject(request, response, bodies.resend);
        if (!body.ok) return refuse(options, response, body);
        await answer(options, request, response, await people.resend(idOf(request), readResend(body.value)));
      },
    },
    {
      method: 'post',
      path: '/payments/resend',
      operationId: 'resendParked',
      summary: 'A person sends all parked registrations again, but for those that HiPay may have already',
      body: 'ResendParked',
      answers: { ...wrongChange, 200: { description: 'What was done.', schema: 'ResentParked' } },
      handle: async (request, response) => {
        const body = await readObject(request, response, bodies.resendParked);
        if (!body.ok) return refuse(options, response, body);
        response.json(await people.resendParked(readResend(body.value)));
      },
    },
  ];
}

/** A card number that somebody copies off a ticket must not get into the journal (I14). */
function readResolution(value: Record<string, unknown>): Resolution | { detail: string } {
  const { amount, note, by, ...rest } = value as unknown as Resolution & { amount?: unknown };
  const resolution = { ...rest, note: maskDigits(note), by: maskDigits(by) };
  if (amount === undefined) return resolution;
  const parsed = parseAmount(amount);
  if (!parsed.ok) return { detail: `amount: found ${found(amount)}, expected ${parsed.expected}` };
  return { ...resolution, amountMinor: parsed.minor };
}

function readResend({ by, notAtHipay }: Resend): Resend {
  return { ...(by !== undefined && { by: maskDigits(by) }), ...(notAtHipay !== undefined && { notAtHipay }) };
}

type End = Awaited<ReturnType<AppOptions['people']['resolve' | 'resend']>>;

async function answer(options: AppOptions, request: Request, response: Response, end: End): Promise<void> {
  const { language, payments, clock } = options;
  if (end.kind === 'not_found') return paymentNotFound(options, response, idOf(request));
  if (end.kind === 'declined') {
    if ('againAtMs' in end) {
      response.set('Retry-After', String(Math.max(1, Math.ceil((end.againAtMs - clock.nowMs()) / 1000))));
    }
    return sendFailure(response, language, '1111', { detail: end.why });
  }
  response.json(paymentDetails(end.payment, await payments.facts(end.payment.paymentId)));
}

function refuse({ language }: AppOptions, response: Response, problem: { status: number; detail: string }): void {
  sendFailure(response, language, '1100', { detail: problem.detail }, problem.status);
}

function idOf(request: Request): string {
  return String(request.params.paymentId);
}
