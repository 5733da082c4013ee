import { checkedForm, FORM, PARAMETERS } from './order-form.fixture.ts';
import { checkOrderForm } from './order-form.ts';

const parametersWith = (changes: object) => ({
  payment_product_parameters: JSON.stringify({ ...PARAMETERS, ...changes }),
});

test('the mandatory fields are enough', () => {
  expect(checkOrderForm(FORM)).toEqual(checkedForm('ORDER-1', '10.23'));
});

test('optional fields are kept', () => {
  const basket = [
    { name: 'a', total_amount: 10.2 },
    { name: 'b', total_amount: '0.03' },
  ];
  const form = {
    ...FORM,
    operation: 'Sale',
    cid: '7',
    email: 'a@b.c',
    custom_data: '{"a":true}',
    basket: JSON.stringify(basket),
  };
  expect(checkOrderForm(form)).toMatchObject({
    operation: 'Sale',
    customData: { a: true },
    basket,
    customer: { id: '7', email: 'a@b.c' },
  });
});

test.each([
  ['another sum', '[{"total_amount":10.22}]'],
  ['a line without a total', '[{"name":"a"}]'],
  ['a line that is no object', '[5]'],
])('a basket with %s is taken for an empty one', (_what, basket) => {
  expect(checkOrderForm({ ...FORM, basket })).toMatchObject({ orderId: 'ORDER-1', basket: [] });
});

test.each(Object.keys(FORM))('without %s: 1010101, which names it', (name) => {
  const error = checkOrderForm({ ...FORM, [name]: ' ' });
  expect(error).toMatchObject({
    httpStatus: 400,
    body: { code: '1010101', description: expect.stringContaining(name) },
  });
});

test.each<[string, object, string]>([
  ['an order id too long', { orderid: 'x'.repeat(33) }, '1010202'],
  ['a description too long', { description: 'x'.repeat(256) }, '1010202'],
  ['an amount with a comma', { amount: '10,23' }, '1010205'],
  ['an amount of nothing', { amount: '0.00' }, '1010205'],
  ['a negative amount', { amount: '-1.00' }, '1010205'],
  ['a currency in digits', { currency: '978' }, '3010001'],
  ['an ECI of e-commerce', { eci: '7' }, '1020002'],
  ['a card product', { payment_product: 'visa' }, '1020003'],
  ['a terminal to wake', { initialize_payment_terminal: '1' }, '1010201'],
  ['an operation unknown', { operation: 'Refund' }, '1010201'],
  ['an e-mail that is none', { email: 'a' }, '1010209'],
  ['product parameters that are no JSON', { payment_product_parameters: '{' }, '1010201'],
  ['no merchant id', parametersWith({ mid: '' }), '1010101'],
  ['no registration id', parametersWith({ acquirer_registrationid: undefined }), '1010101'],
  ['a product code unknown', parametersWith({ code: '200001' }), '1010201'],
  ['custom data that is a list', { custom_data: '[1]' }, '1010201'],
  ['custom data that is nested', { custom_data: '{"a":{}}' }, '1010201'],
  ['a basket that is no list', { basket: '{}' }, '1010201'],
])('%s: %s', (_what, changes, code) => {
  expect(checkOrderForm({ ...FORM, ...changes })).toMatchObject({ body: { code } });
});

describe('with a hash key', () => {
  // printf 'ORDER-110.23EURs3cret' | sha1sum
  const hash = 'dbaafe2f13011bb303fafe5f2957b8d745f69016';

  test('the right hash passes', () => {
    expect(checkOrderForm({ ...FORM, ...parametersWith({ hash }) }, 's3cret')).toMatchObject({ orderId: 'ORDER-1' });
  });

  test.each([
    [undefined, '1010101'],
    ['0000000000000000000000000000000000000000', '1000002'],
    [hash.toUpperCase(), '1000002'],
  ])('%p is %s', (given, code) => {
    expect(checkOrderForm({ ...FORM, ...parametersWith({ hash: given }) }, 's3cret')).toMatchObject({ body: { code } });
  });
});
