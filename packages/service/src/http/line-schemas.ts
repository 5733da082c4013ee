import { count, exactly, type JsonSchema, moment, text } from './json-schema.ts';

export const traceSchema = exactly('What went over the line for a payment.', {
  paymentId: text('Our id of the payment.'),
  orderId: text('Order number.'),
  lines: {
    type: 'array',
    items: text('Local time, direction (> to the terminal, < from it, - a remark), bytes by name.'),
    description: 'In order, as people read them; card numbers masked.',
  },
});

export const orphanSchema: JsonSchema = exactly(
  'An answer of the terminal that belongs to no payment.',
  {
    orphanId: count('Our number of it, by which it is acknowledged.'),
    at: moment('When it came.'),
    why: text('Why it belongs to none.'),
    answer: text('Its data, a card number masked.'),
    port: text('Port of the device.'),
    device: text('Identity of the device.'),
    result: text('Its STAT, where it can be read: 0 accepted, 7 not completed.'),
    amount: text('Its amount, in major units, where it can be read.'),
    currency: text('ISO 4217 alpha-3 code, where it can be read.'),
    acknowledged: exactly('Somebody has looked at it; it is in health no longer.', {
      note: text('What came of it.'),
      by: text('Who.'),
      at: moment('When.'),
    }),
  },
  ['result', 'amount', 'currency', 'acknowledged'],
);

export const orphanListSchema = exactly(
  'Answers that belong to no payment, newest first.',
  {
    items: { type: 'array', items: orphanSchema, description: 'The answers.' },
    next: text('Give it as cursor to get those that follow; missing at the end.'),
  },
  ['next'],
);
