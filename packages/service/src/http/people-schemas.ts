import { exactly, flag, type JsonSchema, text } from './json-schema.ts';

const NOT_BLANK = '\\S';

const by = text('Who says so.', { minLength: 1, maxLength: 100, pattern: NOT_BLANK });

export const resolutionSchema = exactly(
  'What a person says of a payment in doubt.',
  {
    outcome: { enum: ['approved', 'refused'], description: 'Whether it was paid.' },
    note: text('Why: what the ticket says, say. No card number.', { minLength: 1, maxLength: 500, pattern: NOT_BLANK }),
    by,
    amount: {
      type: ['number', 'string'],
      description: 'What the terminal took, in major units, where that is not what is known already.',
      examples: [10.23, '10,23'],
    },
    replaces: {
      type: 'integer',
      minimum: 1,
      description: 'version of the settlement that this one replaces, where somebody settled it before.',
    },
  },
  ['amount', 'replaces'],
);

export const resolutionExpected = {
  '': 'a JSON object with outcome, note and by',
  outcome: '"approved" or "refused"',
  note: 'a text of 1 to 500 characters that says why',
  by: 'a name of 1 to 100 characters',
  amount: 'a number, or a string such as "10.23"',
  replaces: 'the version of the settlement that is replaced, such as 4',
};

export const acknowledgementSchema = exactly('What a person says of an answer that belongs to no payment.', {
  note: text('What came of it: what the ticket says, say. No card number.', {
    ...{ minLength: 1, maxLength: 500, pattern: NOT_BLANK },
  }),
  by,
});

export const acknowledgementExpected = {
  '': 'a JSON object with note and by',
  note: 'a text of 1 to 500 characters that says what came of it',
  by: resolutionExpected.by,
};

export const resendSchema = exactly(
  'How a parked registration is to be sent again.',
  {
    by,
    notAtHipay: flag("A person has looked in HiPay's back office: this payment is not there."),
  },
  ['by', 'notAtHipay'],
);

export const resendExpected = {
  '': 'a JSON object, which may be empty',
  by: resolutionExpected.by,
  notAtHipay: 'true, where somebody has looked',
};

export const resendParkedSchema = exactly(
  'All parked registrations are to be sent again.',
  { parked: { const: true, description: 'Always true: nothing else is sent again by hand.' }, by },
  ['by'],
);

export const resendParkedExpected = {
  '': 'a JSON object such as {"parked": true}',
  parked: 'true',
  by: resolutionExpected.by,
};

const left: JsonSchema = exactly('A registration that stays parked.', {
  paymentId: text('Our id of the payment.'),
  orderId: text('Order number.'),
  why: text('Why only a closer look can decide.'),
});

export const resentParkedSchema = exactly('What was done about the parked registrations.', {
  resent: {
    type: 'array',
    items: text('Our id of a payment.'),
    description: 'They go out again, once HiPay was asked whether it has them.',
  },
  left: { type: 'array', items: left, description: 'They stay parked.' },
});
