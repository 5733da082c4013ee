import { count, exactly, flag, type JsonSchema, moment, text } from './json-schema.ts';

const summary: Record<string, JsonSchema> = {
  paymentId: text('Our id of the payment.'),
  orderId: text('Order number.'),
  outcome: {
    enum: ['opening', 'running', 'approved', 'refused', 'not_sent', 'unknown'],
    description: 'How it stands; opening and running are not decided yet.',
  },
  amount: text('Amount asked, in major units with two decimals.', { pattern: '^[0-9]+\\.[0-9]{2}$' }),
  amountTaken: text('Amount that the terminal, or a person, said was taken.', { pattern: '^[0-9]+\\.[0-9]{2}$' }),
  currency: text('ISO 4217 alpha-3 code.'),
  transactionType: { enum: ['Debit', 'Credit'], description: 'Whether money is taken or given back.' },
  acceptedAt: moment('When the request came.'),
  decidedAt: moment('When the outcome that stands was reached.'),
  errorCode: text('Error code, where the outcome is a failure.'),
  paymentApplication: text('Payment application that the terminal used.'),
  registration: {
    enum: ['none', 'due', 'registering', 'unclear', 'registered', 'parked'],
    description: 'How far HiPay has been told.',
  },
  alarms: { type: 'array', items: text('A sentence.'), description: 'What a person must look at.' },
  told: flag('Whether the result reached the till.'),
};
const mayBeMissing = ['amountTaken', 'decidedAt', 'errorCode', 'paymentApplication'];

export const paymentListItemSchema = exactly('A payment in short.', summary, mayBeMissing);

export const paymentListSchema = exactly(
  'Payments, newest first.',
  {
    items: { type: 'array', items: paymentListItemSchema, description: 'The payments.' },
    next: text('Give it as cursor to get those that follow; missing at the end.'),
  },
  ['next'],
);

const registrationDetails = exactly(
  'What HiPay was told.',
  {
    status: { ...summary.registration },
    attempts: count('Requests begun.'),
    sent: count('Requests whose bytes may have left.'),
    hipayOrderId: text('Order id at HiPay.'),
    environment: { enum: ['dev', 'prod'], description: 'Which HiPay it is for.' },
    url: text("Base URL of HiPay's order interface."),
    login: text('HiPay user name it is registered with.'),
    merchantId: text('Contract it is registered on.'),
    withoutCart: flag('HiPay refused the cart: the order goes without.'),
    mayBeBooked: flag('It was parked while nobody knew whether HiPay has it already.'),
    lastAttemptAt: moment('When the last attempt began.'),
    reference: text("HiPay's transaction reference."),
    detail: text('Why it is parked, or how the last attempt failed.'),
  },
  ['merchantId', 'lastAttemptAt', 'reference', 'detail'],
);

const terminalDetails = exactly(
  'What went to the terminal and came back.',
  {
    askedAt: moment('When the request went out.'),
    token: text('Token in its private data.'),
    posNumber: text('POS number.'),
    port: text('Port of the device.'),
    device: text('Identity of the device.'),
    answeredAt: moment('When the answer came.'),
    result: text('STAT of the answer: 0 accepted, 7 not completed.'),
    mode: text('MODE of the answer.'),
    matchedBy: { enum: ['token', 'last_asked'], description: 'How the answer was matched to the payment.' },
    answer: text('Data of the answer, a card number masked.'),
  },
  'askedAt token posNumber port device answeredAt result mode matchedBy answer'.split(' '),
);

export const paymentDetailsSchema = exactly(
  'A payment, with all that a technician needs.',
  {
    ...summary,
    detail: text('Why it failed, in words.'),
    forceAuthorization: flag('Whether the till forced an authorization.'),
    orderIdGiven: flag('False where the till sent no order_id.'),
    idempotencyKey: text("The till's Idempotency-Key header."),
    cart: { description: 'As it was sent.' },
    customer: { description: 'As it was sent.' },
    customData: { description: 'As it was sent.' },
    toldAt: moment('When the result reached the till.'),
    forgottenAt: moment('When cart, customer, customData and trace were taken out (journal_days).'),
    contradicted: flag('The terminal contradicts what a person settled.'),
    settled: exactly('What a person said.', {
      outcome: { enum: ['approved', 'refused'], description: 'How it was settled.' },
      note: text('Why.'),
      by: text('Who.'),
      at: moment('When.'),
      version: count('Give it as replaces to change this.'),
    }),
    terminal: terminalDetails,
    hipay: registrationDetails,
    facts: {
      type: 'array',
      description: 'All that happened to it, in order.',
      items: {
        type: 'object',
        description: 'A fact.',
        properties: {
          kind: text('What happened.'),
          at: moment('When.'),
          outcome: text(
            'Of told: the one that the till was given (not in old facts). Of settled: what the person said.',
          ),
        },
        required: ['kind', 'at'],
      },
    },
  },
  [...mayBeMissing, 'detail', 'idempotencyKey', 'toldAt', 'forgottenAt', 'settled', 'terminal'],
);
