import { count, exactly, flag, type JsonSchema, moment, text } from './json-schema.ts';

const money = (description: string): JsonSchema => text(description, { pattern: '^-?[0-9]+\\.[0-9]{2}$' });

const sum = (description: string): JsonSchema =>
  exactly(description, { count: count('How many payments.'), amount: money('Their sum, in major units.') });

const total = exactly('The sums of one currency and one direction.', {
  currency: text('ISO 4217 alpha-3 code.'),
  transactionType: { enum: ['Debit', 'Credit'], description: 'Whether money was taken or given back.' },
  asked: sum('What the till asked for.'),
  approved: sum('What was taken (or given back).'),
  refused: sum('Refused or cancelled on the terminal; what was asked.'),
  notSent: sum('The terminal was not asked; what was asked.'),
  unknown: sum('Nobody knows; what was asked.'),
  running: sum('Not decided yet; what was asked.'),
  registered: sum('Approved, and HiPay knows it.'),
  waiting: sum('Approved, and HiPay is yet to be told.'),
  parked: sum('Approved, and only a person sends it to HiPay again.'),
});

const kinds =
  'running unknown contradicted alarm other_amount settled_by_person other_day not_told waiting parked orphan'.split(
    ' ',
  );
const kind: JsonSchema = { enum: kinds, description: 'What is different.' };

const difference = exactly(
  'Something in which till, terminal, journal and HiPay differ, or may.',
  {
    kind,
    at: moment('When the payment was asked for, or the answer came.'),
    sentence: text('In words.'),
    paymentId: text('Our id of the payment.'),
    orderId: text('Order number.'),
    amount: money('What was taken, as far as that is known, else what was asked.'),
    currency: text('ISO 4217 alpha-3 code.'),
    transactionType: { enum: ['Debit', 'Credit'], description: 'Whether money was taken or given back.' },
  },
  ['paymentId', 'orderId', 'amount', 'currency', 'transactionType'],
);

const payment = exactly(
  'One payment of the day.',
  {
    paymentId: text('Our id of the payment.'),
    orderId: text('Order number.'),
    at: moment('When the till asked for it.'),
    transactionType: { enum: ['Debit', 'Credit'], description: 'Whether money was taken or given back.' },
    currency: text('ISO 4217 alpha-3 code.'),
    asked: money('What the till asked for.'),
    outcome: text('How it stands.'),
    taken: money('What was taken.'),
    registration: text('How far HiPay has been told.'),
    reference: text("HiPay's transaction reference."),
    told: flag('Whether the result reached the till; false where that was told otherwise of an approval.'),
    differences: { type: 'array', items: kind, description: 'What is different about it.' },
  },
  ['taken', 'reference'],
);

const explanations = 'What would explain the gap: each alone, else each by two, else all of a kind together.';
const terminal = exactly(
  "The terminal's own total, held against the journal's.",
  {
    currency: text('ISO 4217 alpha-3 code.'),
    total: money('What a person read off the terminal.'),
    journal: money('Approved debits less approved credits.'),
    gap: money("The terminal's less the journal's."),
    agrees: flag('Whether they are the same, to the cent.'),
    explanations: { type: 'array', items: text('A sentence.'), description: explanations },
    unexplained: text('Where nothing explains the gap: what is in doubt all the same.'),
  },
  ['unexplained'],
);

export const reportSchema = exactly(
  'The end of a day.',
  {
    date: text('The local day.'),
    from: moment('Its midnight.'),
    to: moment('The next midnight.'),
    totals: { type: 'array', items: total, description: 'Sums by currency and direction.' },
    differences: { type: 'array', items: difference, description: 'Each difference, oldest first.' },
    payments: { type: 'array', items: payment, description: 'The payments of the day, oldest first.' },
    terminal,
  },
  ['terminal'],
);
