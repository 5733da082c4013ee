import fc from 'fast-check';
import { toBytes, toText } from './fields.ts';
import {
  acceptsReplies,
  decodePaymentReply,
  encodePaymentReply,
  maskedData,
  type PaymentReply,
} from './payment-reply.ts';
import { acceptsRequests, decodePaymentRequest, encodePaymentRequest, type PaymentRequest } from './payment-request.ts';
import { VECTORS, vector } from './test-vectors.ts';

const ids = Object.keys(VECTORS);
const requests = ids.filter((id) => /^(P1|P2|P3|P4|P8|P9|C[1-9]|C1[0-7])$/.test(id));
const shortReplies = ['P7', 'M1', 'M2', 'C18', 'C19', 'C20', 'C21'];
const longReplies = ['P5', 'P6', 'C22', 'C23', 'C24', 'C25', 'C26'];

const REQUEST: PaymentRequest = {
  posNumber: '01',
  amountMinor: 1000,
  answerFlag: '0',
  mode: '1',
  type: '0',
  currencyNumeric: '978',
  privateData: ' '.repeat(10),
  delay: 'A010',
  authorization: 'B010',
};
const REPLY: PaymentReply = {
  form: 'short',
  posNumber: '01',
  stat: '0',
  amountMinor: 1000,
  mode: '1',
  report: '',
  currencyNumeric: '978',
  privateData: ' '.repeat(10),
};

test('C1 is encoded field by field', () => {
  expect(toText(encodePaymentRequest(REQUEST))).toBe(vector('C1'));
  expect(toText(encodePaymentRequest({ ...REQUEST, delay: 'A011' }))).toBe(vector('C5'));
  expect(toText(encodePaymentRequest({ ...REQUEST, answerFlag: '1', authorization: 'B011' }))).toBe(vector('C3'));
  expect(toText(encodePaymentRequest({ ...REQUEST, amountMinor: 500, answerFlag: '1', type: '1' }))).toBe(vector('C7'));
});

test.each(requests)('the request %s is read, written again the same, and taken at once', (id) => {
  const data = toBytes(vector(id));
  const request = decodePaymentRequest(data);
  expect(request?.form).toBe('E+');
  expect(encodePaymentRequest(request as PaymentRequest)).toEqual(data);
  expect(acceptsRequests(data)).toBe('at_once');
});

test.each([
  ['P10', 'E', 1234, '01', '0123456789'],
  ['P11', 'E', 2690, 'B8', '    789789'],
  ['C27', 'Nepting', 1000, '01', '0123456789'],
])('the request %s of form %s is read, and taken after silence', (id, form, amountMinor, posNumber, privateData) => {
  const data = toBytes(vector(id));
  expect(decodePaymentRequest(data)).toMatchObject({ form, amountMinor, posNumber, privateData, delay: 'A010' });
  expect(acceptsRequests(data)).toBe('after_silence');
});

test.each([
  ['N2', '0000000000'],
  ['a V3 request', vector('C28')],
  ['an unknown type', vector('C1').replace('010978', '013978')],
  ['a reply', vector('C18')],
])('%s is no request', (_, data) => {
  expect(decodePaymentRequest(toBytes(data))).toBeNull();
  expect(acceptsRequests(toBytes(data))).toBe('odd');
});

test.each([
  ['N3: a mode of two characters', { mode: '11' }, /mode: "11" found, 1 printable/],
  ['N3: a longer delay', { delay: 'A0100' as 'A010' }, /delay/],
  ['no amount', { amountMinor: 0 }, /amountMinor: 0 found, an integer from 1/],
  ['a ninth digit', { amountMinor: 100_000_000 }, /amountMinor/],
  ['cents in fractions', { amountMinor: 10.5 }, /10\.5/],
  ['an accent', { privateData: 'été       ' }, /privateData/],
])('a request with %s is not encoded', (_, wrong, message) => {
  expect(() => encodePaymentRequest({ ...REQUEST, ...wrong })).toThrow(message);
});

test.each([...shortReplies, 'C23'])('the reply %s is read and written again the same', (id) => {
  const data = toBytes(vector(id));
  const reply = decodePaymentReply(data);
  expect(encodePaymentReply(reply as PaymentReply)).toEqual(data);
});

test.each(shortReplies)('the short reply %s is taken at once', (id) => {
  expect(acceptsReplies(toBytes(vector(id)))).toBe('at_once');
});

test('the short reply in another currency is taken after silence, as it may be the head of a long one', () => {
  expect(acceptsReplies(toBytes(vector('C22').slice(0, 25)))).toBe('after_silence');
});

test.each(longReplies)('the long reply %s is taken after silence', (id) => {
  expect(acceptsReplies(toBytes(vector(id)))).toBe('after_silence');
});

test('a long reply leaves the parser without its card number', () => {
  const reply = decodePaymentReply(toBytes(vector('C22')));
  expect(reply).toEqual({ ...REPLY, form: 'long', report: `497010******7890${' '.repeat(39)}` });
  expect(maskedData(toBytes(vector('C22')))).toBe(vector('C22').replace('4970101234567890', '497010******7890'));
});

test.each([
  ['echo', '010000010000109780123456789'.concat('00'), 29],
  ['echo_long', '010000010000109780123456789A010B010', 35],
] as const)('the %s form is read by its length', (form, data, length) => {
  expect(data).toHaveLength(length);
  expect(decodePaymentReply(toBytes(data))).toEqual({ ...REPLY, form, privateData: '0123456789' });
  expect(toText(encodePaymentReply({ ...REPLY, form, privateData: '0123456789' }))).toBe(data);
  expect(acceptsReplies(toBytes(data))).toBe('after_silence');
});

test('a receipt after a long reply is read, its card number masked', () => {
  const data = toBytes(`${vector('C22')}CARTE 4970101234567890\r\nMERCI\n`);
  expect(decodePaymentReply(data)).toMatchObject({
    form: 'long_with_text',
    trailingText: 'CARTE 497010******7890\r\nMERCI\n',
  });
  expect(acceptsReplies(data)).toBe('after_silence');
  expect(maskedData(data)).toBe(toText(data).replaceAll('4970101234567890', '497010******7890'));
});

test.each([
  ['N2', '0000000000'],
  ['letters for the POS number', 'B10000010001978          '],
  ['letters in the amount', '01000001O001978          '],
  ['letters for the currency', '010000010001EUR          '],
  ['a blank amount with 0', '010        1978          '],
  ['a control before offset 80', `${vector('C22').slice(0, 40)}\n${vector('C22').slice(41)}`],
  ['a control but LF and CR after it', `${vector('C22')}\t`],
  ['27 bytes', `${vector('C18')}00`],
])('rule 6: %s is no reply', (_, data) => {
  expect(decodePaymentReply(toBytes(data))).toBeNull();
  expect(acceptsReplies(toBytes(data))).toBe('odd');
});

test('rule 6: the amount may be blank with 7', () => {
  const data = toBytes('017        0978          ');
  expect(decodePaymentReply(data)).toMatchObject({ stat: '7', amountMinor: null });
  expect(encodePaymentReply(decodePaymentReply(data) as PaymentReply)).toEqual(data);
});

test.each([
  ['N3: a mode of two characters', { mode: 'BB' }, /mode/],
  ['a report in the short form', { report: '497010' }, /report: "497010" found, 0 printable/],
  ['a blank amount with 0', { amountMinor: null }, /blank with stat 0/],
  ['text after the short form', { trailingText: 'MERCI' }, /long_with_text only/],
])('a reply with %s is not encoded', (_, wrong, message) => {
  expect(() => encodePaymentReply({ ...REPLY, ...wrong })).toThrow(message);
});

test('decoding never throws, and shows no run of twelve digits that it could not read', () => {
  const digitRich = fc
    .array(fc.constantFrom(...'0123456789 A'), { maxLength: 120 })
    .map((all) => toBytes(all.join('')));
  fc.assert(
    fc.property(fc.oneof(fc.uint8Array({ maxLength: 200 }), digitRich), (data) => {
      decodePaymentRequest(data);
      if (decodePaymentReply(data) === null) expect(maskedData(data)).not.toMatch(/\d{12}/);
    }),
  );
});

test('a card number with one damaged byte inside is masked too', () => {
  expect(maskedData(toBytes('49701012?34567890'))).toBe('497010**?********');
});
