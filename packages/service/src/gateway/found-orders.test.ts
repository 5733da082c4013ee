import { lookUpAnswer } from './found-orders.ts';

const ORDER = { id: 'ORDER-1', dateCreated: '2026-01-05T09:00:00+0000', amount: '10.23', currency: 'EUR' };
const TRANSACTION = {
  state: 'completed',
  transactionReference: '800000000001',
  dateCreated: '2026-01-05T10:00:01+0100',
  customData: { ecr_payment_id: 'PAYMENT-1', first: '1' },
  order: ORDER,
};
const FOUND = {
  reference: '800000000001',
  amountMinor: 1023,
  currency: 'EUR',
  paymentId: 'PAYMENT-1',
  hasCustomData: true,
  createdAtMs: Date.UTC(2026, 0, 5, 9, 0, 1),
};

function lookUp(body: unknown, httpStatus = 200) {
  return lookUpAnswer(httpStatus, typeof body === 'string' ? body : JSON.stringify(body), 'ORDER-1');
}

function foundWith(changes: object) {
  const answer = lookUp({ transaction: { ...TRANSACTION, ...changes } });
  if (answer.kind !== 'found') throw new Error(`expected an order, found ${JSON.stringify(answer)}`);
  return answer.orders[0];
}

test('one transaction is an object, several are a list', () => {
  const second = { ...TRANSACTION, transactionReference: 800000000002 };
  expect(lookUp({ transaction: TRANSACTION })).toEqual({ kind: 'found', orders: [FOUND] });
  expect(lookUp({ transaction: [TRANSACTION, second] })).toEqual({
    kind: 'found',
    orders: [FOUND, { ...FOUND, reference: '800000000002' }],
  });
});

test.each<[string, unknown, number]>([
  ['an empty object', {}, 200],
  ['an empty list', [], 200],
  ['an empty transaction', { transaction: '' }, 200],
  ['an empty list of transactions', { transaction: [] }, 200],
  ['no transaction', { transaction: null }, 200],
  ['Unknown Order', { code: '3000001', message: 'Unknown Order' }, 404],
  ['Unknown Transaction as a number', { code: 3000002 }, 404],
  ['only an attempt that was declined', { transaction: { ...TRANSACTION, state: 'declined' } }, 200],
])('%s is none', (_what, body, httpStatus) => {
  expect(lookUp(body, httpStatus)).toEqual({ kind: 'none' });
});

test.each<[string, unknown, number]>([
  ['a page', '<html></html>', 200],
  ['an empty body', '', 200],
  ['an empty body, not found', '', 404],
  ['a JSON page of somebody else', { login: 'please' }, 200],
  ['a text', '"none"', 200],
  ['a list of strangers', { transaction: ['x'] }, 200],
  ['an unknown object as the transaction', { transaction: { a: 1 } }, 200],
  ['a transaction with HTTP 500', { transaction: TRANSACTION }, 500],
  [
    'another order than the one asked for',
    { transaction: { ...TRANSACTION, order: { ...ORDER, id: 'ORDER-2' } } },
    200,
  ],
])('%s is no word', (_what, body, httpStatus) => {
  expect(lookUp(body, httpStatus)).toMatchObject({ kind: 'no_word', httpStatus });
});

test('another code of HiPay is no word about the order', () => {
  const body = { code: '1000001', message: 'Incorrect Credentials' };
  expect(lookUp(body, 401)).toEqual({
    kind: 'no_word',
    httpStatus: 401,
    code: '1000001',
    detail: 'Incorrect Credentials',
  });
});

test.each<[unknown, number | null]>([
  ['10.23', 1023],
  [10.23, 1023],
  ['125.000', 12500],
  ['', null],
  ['ten', null],
  ['10.234', null],
  [undefined, null],
])('an amount of %p is %p', (amount, amountMinor) => {
  expect(foundWith({ order: { ...ORDER, amount } })).toMatchObject({ amountMinor });
});

test.each<[unknown, { hasCustomData: boolean; paymentId?: string }]>([
  [{ ecr_payment_id: 'P' }, { hasCustomData: true, paymentId: 'P' }],
  [{ ecr_payment_id: 17 }, { hasCustomData: true, paymentId: '17' }],
  ['{"ecr_payment_id":"P"}', { hasCustomData: true, paymentId: 'P' }],
  [[{ store: 'x' }, { ecr_payment_id: 'P' }], { hasCustomData: true, paymentId: 'P' }],
  [[{ name: 'ecr_payment_id', value: 'P' }], { hasCustomData: true, paymentId: 'P' }],
  [[{ key: 'ecr_payment_id', value: 'P' }], { hasCustomData: true, paymentId: 'P' }],
  [{ store: 'Lyon' }, { hasCustomData: true }],
  ['anything', { hasCustomData: true }],
  ['', { hasCustomData: false }],
  [[], { hasCustomData: false }],
  ['{}', { hasCustomData: false }],
  [{}, { hasCustomData: false }],
  [null, { hasCustomData: false }],
  [undefined, { hasCustomData: false }],
])('custom data %j', (customData, expected) => {
  const { paymentId: _ours, ...bare } = FOUND;
  expect(foundWith({ customData })).toEqual({ ...bare, ...expected });
  expect(foundWith({ customData: undefined, custom_data: customData })).toEqual({ ...bare, ...expected });
});

test.each<[unknown, number | undefined]>([
  ['2026-01-05T09:00:00+0000', Date.UTC(2026, 0, 5, 9)],
  ['2026-01-05 09:00:00-02:30', Date.UTC(2026, 0, 5, 11, 30)],
  ['2026-01-05T09:00:00.123Z', Date.UTC(2026, 0, 5, 9)],
])('created %p', (dateCreated, createdAtMs) => {
  expect(foundWith({ dateCreated })).toMatchObject({ createdAtMs });
});

test.each(['2026-01-05 09:00:00', '2026-13-45T09:00:00Z', '', 'yesterday', 5])('created %p: no date', (dateCreated) => {
  expect(foundWith({ dateCreated, order: { ...ORDER, dateCreated } })).not.toHaveProperty('createdAtMs');
});

test('the order has a date where its transaction has none', () => {
  expect(foundWith({ dateCreated: '' })).toMatchObject({ createdAtMs: Date.UTC(2026, 0, 5, 9) });
});
