import { count, exactly, flag, type JsonSchema, moment, text } from './json-schema.ts';
import { orphanSchema } from './line-schemas.ts';
import { errorEnvelopeSchema } from './payment-answer-schema.ts';

export const versionSchema = exactly('Which program answers.', {
  version: text('Version, protocol and system.', { examples: ['1.0.0-concertv2-linux'] }),
});

export const configSchema = exactly('Which terminal is configured.', {
  deviceId: text('Serial number of the terminal, as configured.'),
});

export const stopSchema = exactly('Whether the program ends now.', {
  message: { enum: ['TP-Manager stopped', 'TP-Manager is busy, will stop when possible'], description: 'In words.' },
  stopped: flag('False while a payment runs: the program ends after it.'),
});

const attentionPayment = exactly('A payment that a person must look at.', {
  paymentId: text('Our id of the payment.'),
  orderId: text('Order number.'),
  amount: text('What was taken, as far as that is known, else what was asked.'),
  currency: text('ISO 4217 alpha-3 code.'),
  acceptedAt: moment('When the request came.'),
  sentences: { type: 'array', items: text('A sentence.'), description: 'What about it.' },
});

export const healthSchema: JsonSchema = {
  type: 'object',
  description: 'How the program is.',
  properties: {
    status: {
      enum: ['ok', 'attention', 'failing'],
      description: 'failing: no payment can be taken. attention: payments go on, somebody should look.',
    },
    version: text('Version, protocol and system.'),
    uptimeMs: count('Milliseconds since the start.'),
    terminal: exactly(
      'The terminal and its line.',
      {
        state: {
          enum: ['absent', 'opening', 'open', 'connected', 'silent', 'asked'],
          description: 'connected: it answered when it was last asked.',
        },
        port: text('Where it is looked for.'),
        detail: text('In words.'),
        lastHeardAt: moment('When it last answered.'),
      },
      ['lastHeardAt'],
    ),
    journal: exactly('Where payments are recorded.', {
      writable: flag('Whether payments can be recorded.'),
      detail: text('In words.'),
      alarms: count('Payments with something that a person must look at.'),
      orphans: count('Answers of the terminal that belong to no payment, and that nobody has acknowledged.'),
    }),
    hipay: exactly('HiPay, as the last attempts found it.', {
      state: { enum: ['ok', 'away', 'not_asked'], description: 'away: registrations wait until it answers again.' },
      environment: { enum: ['dev', 'prod'], description: 'Which HiPay is configured.' },
      detail: text('In words.'),
    }),
    outbox: exactly('Approved payments that HiPay does not know yet.', {
      waiting: count('They go out by themselves.'),
      parked: count('Only a person sends them again.'),
    }),
    unknownPayments: count('Payments of which nobody knows yet whether they were charged.'),
    attention: exactly('One by one, what a person must look at.', {
      unknown: { type: 'array', items: attentionPayment, description: 'Nobody knows whether they were charged.' },
      running: { type: 'array', items: attentionPayment, description: 'The terminal is asked, and has not answered.' },
      alarms: { type: 'array', items: attentionPayment, description: 'They contradict what was told before.' },
      parked: { type: 'array', items: attentionPayment, description: 'Only a person sends them to HiPay again.' },
      orphans: {
        type: 'array',
        items: orphanSchema,
        description: 'Answers that belong to no payment, and that nobody has acknowledged.',
      },
    }),
    problems: { type: 'array', items: text('A sentence.'), description: 'What is wrong, and what to do.' },
    warnings: {
      type: 'array',
      items: text('A sentence.'),
      description: 'What would better be otherwise, and endangers nothing.',
    },
  },
  required: 'status version uptimeMs terminal journal hipay outbox unknownPayments attention problems warnings'.split(
    ' ',
  ),
};

export const healthFailingSchema: JsonSchema = {
  description: 'How the program is, and the same as an error.',
  allOf: [healthSchema, errorEnvelopeSchema],
};

export const openapiSchema: JsonSchema = {
  type: 'object',
  description: 'This description.',
  properties: { openapi: { const: '3.1.0', description: 'Version of OpenAPI.' } },
  required: ['openapi', 'info', 'paths', 'components'],
};
