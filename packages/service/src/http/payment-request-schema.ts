import { httpLimits } from './http-limits.ts';
import type { JsonSchema } from './json-schema.ts';

/** No control characters, no line ends, nothing that was garbled on its way (U+FFFD). */
const PRINTABLE = '^[^\\p{C}\\p{Zl}\\p{Zp}\\uFFFD]*$';

const transactionType = { enum: ['Debit', 'Credit', null], default: 'Debit' };

const cartItem: JsonSchema = {
  type: 'object',
  description: 'One line of the sale.',
  properties: {
    product_reference: { description: 'Unique reference of the product.', type: 'string' },
    type: { description: 'What the line is.', enum: ['good', 'discount', 'fee'] },
    name: { description: 'Description of the product.', type: 'string' },
    quantity: { description: 'How many.', type: 'integer' },
    unit_price: { description: 'Price of one, taxes included.', type: 'number' },
    tax_rate: { description: 'Tax rate in percent.', type: ['number', 'string'] },
    discount: { description: 'Discount on the line, 0 or negative.', type: 'number' },
    total_amount: { description: 'unit_price times quantity, plus discount.', type: 'number' },
    european_article_numbering: { description: 'EAN.', type: ['string', 'integer'] },
  },
};

const cart: JsonSchema = {
  description:
    'What is bought. The sum of total_amount must be the amount, or the order goes to HiPay with an empty cart.',
  anyOf: [
    cartItem,
    { type: 'array', items: cartItem },
    {
      type: 'object',
      properties: { items: { type: 'array', items: cartItem, description: 'The lines of the sale.' } },
      required: ['items'],
    },
    { description: 'Anything else never refuses the payment: the order goes out with an empty cart.' },
  ],
};

const customer: JsonSchema = {
  description: 'Who buys.',
  anyOf: [
    {
      type: 'object',
      properties: {
        id: { type: ['string', 'number'], description: "The till's own number of the customer." },
        firstname: { type: 'string', description: 'First name; firstName is understood too.' },
        lastname: { type: 'string', description: 'Last name; lastName is understood too.' },
        email: { type: 'string', description: 'E-mail address.' },
      },
    },
    { description: 'Anything else never refuses the payment: what is of the wrong type is left out.' },
  ],
};

/** What a till asks for. */
export const paymentRequestSchema: JsonSchema = {
  type: 'object',
  description: 'A payment request. An optional field that is null counts as absent; an unknown field is ignored.',
  required: ['amount'],
  properties: {
    amount: {
      type: ['number', 'string'],
      description: 'Total amount in major units, above 0, at most 999999.99, with at most two decimals.',
      examples: ['10,23', '10.23', 10.23, 10],
    },
    currency: {
      type: ['string', 'null'],
      pattern: '^[A-Z]{3}$',
      default: 'EUR',
      description: 'ISO 4217 alpha-3 code, one of allowed_currencies of config.yml.',
    },
    order_id: {
      type: ['string', 'integer', 'null'],
      maxLength: httpLimits.orderIdCharacters,
      pattern: PRINTABLE,
      description: 'Order number, the key by which asking twice never charges twice. Made by us where absent or empty.',
      examples: ['Order_12345'],
    },
    transaction_type: {
      ...transactionType,
      description:
        'Debit takes money from the customer, Credit gives it back; see allowed_transaction_types of config.yml.',
    },
    transation_type: { ...transactionType, description: 'transaction_type as the documentation spells it; the same.' },
    force_authorization: {
      type: ['boolean', 'null'],
      default: false,
      description: 'Whether the terminal must ask for an authorization, whatever the configured threshold says.',
    },
    cart,
    customer,
    custom_data: {
      type: ['object', 'array', 'null'],
      maxItems: 0,
      additionalProperties: { type: ['boolean', 'number', 'string', 'null'] },
      description: 'Data of your own, flat; HiPay keeps it with the transaction. An empty array counts as absent.',
    },
  },
};
