import { count, exactly, flag, type JsonSchema, moment, text } from './json-schema.ts';

const errorCode = text('Error code, see the table in the documentation.', {
  pattern: '^1[01][0-9]{2}$',
  examples: ['1006'],
});
const errorDescription = text('What went wrong and what to do, in the configured language.', { minLength: 1 });
const failure: JsonSchema = { const: 'FAILURE', description: 'Always FAILURE.' };

const warnings: JsonSchema = {
  type: 'array',
  items: text('A sentence.'),
  description: 'What of this request was ignored or left out: have what the till sends corrected.',
};

const flatError = { paymentStatus: failure, errorCode, errorDescription };

/** Every answer with a status of 400 or above. */
export const errorEnvelopeSchema: JsonSchema = {
  type: 'object',
  description: 'An error, flat and nested alike. Beside it stand the fields of the payment, where one was made.',
  properties: { ...flatError, error: exactly('The same three again.', flatError), warnings },
  required: ['paymentStatus', 'errorCode', 'errorDescription', 'error'],
};

/** What a till is told of its payment. */
export const paymentAnswerSchema: JsonSchema = {
  ...exactly(
    'The result of a payment.',
    {
      paymentStatus: {
        enum: ['SUCCESS', 'FAILURE'],
        description: 'SUCCESS: the amount that was asked has been taken.',
      },
      notificationHipaySent: flag('Whether HiPay has booked the payment already.'),
      numberOfNotificationSent: count('Registration requests that left for HiPay; 2 where one had to be sent again.', {
        maximum: 2,
      }),
      errorCode,
      errorDescription,
      amount: { type: ['number', 'string'], description: 'The amount, spelt as in this request.' },
      currency: text('ISO 4217 alpha-3 code.', { pattern: '^[A-Z]{3}$' }),
      orderId: text('Order number.', { minLength: 1 }),
      transationType: { enum: ['Debit', 'Credit'], description: 'transactionType as the documentation spells it.' },
      forceAuthorization: flag('As it was asked.'),
      cart: { description: 'As it was sent, {} where absent.' },
      customer: { description: 'As it was sent, {} where absent.' },
      customData: { type: 'object', description: 'As it was sent, {} where absent.' },
      transactionType: { enum: ['Debit', 'Credit'], description: 'Whether money was taken or given back.' },
      paymentId: text('Our id of this payment.', { minLength: 1 }),
      outcome: {
        enum: ['approved', 'refused', 'not_sent', 'unknown'],
        description: 'unknown: it may have been charged; look at the ticket of the terminal, do not charge again.',
      },
      paymentApplication: text('Payment application that the terminal used.', { examples: ['00B'] }),
      replayed: { const: true, description: 'The result of an earlier request for this same payment, given again.' },
      paidAt: moment('When a payment that is given again was approved.'),
      settled: exactly('Where a person settled the payment, and it stands so: as what, who, and when.', {
        outcome: { enum: ['approved', 'refused'], description: 'As what it was settled.' },
        by: text('Who said so.', { minLength: 1 }),
        at: moment('When.'),
      }),
      warnings,
    },
    ['errorCode', 'errorDescription', 'paymentApplication', 'replayed', 'paidAt', 'settled', 'warnings'],
  ),
  if: { properties: { paymentStatus: failure } },
  // biome-ignore lint/suspicious/noThenProperty: `then` is a keyword of JSON Schema.
  then: { required: ['errorCode', 'errorDescription'] },
  else: { properties: { errorCode: false, errorDescription: false } },
};
