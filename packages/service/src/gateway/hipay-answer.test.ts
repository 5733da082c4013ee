import fc from 'fast-check';
import { registerAnswer } from './hipay-answer.ts';

const HTML = '<html><body><h1>502 Bad Gateway</h1></body></html>';

describe('a state decides', () => {
  test.each(['completed', 'pending', 'declined', 'error', 'forwarding'])('%s', (state) => {
    const body = JSON.stringify({
      state,
      reason: '',
      transactionReference: '800000000001',
      status: '116',
      message: 'Authorized',
    });
    const detail = `${state} 116 Authorized`;
    expect(registerAnswer(200, body)).toEqual({ kind: 'state', state, reference: '800000000001', detail });
  });

  test('with its reason, and with numbers where HiPay documents numbers', () => {
    const body = JSON.stringify({
      state: 'declined',
      reason: { code: 4000001, message: 'Declined' },
      transactionReference: 800000000001,
    });
    expect(registerAnswer(200, body)).toEqual({
      kind: 'state',
      state: 'declined',
      reference: '800000000001',
      detail: 'declined 4000001 Declined',
    });
  });

  test('and a reference may be missing', () => {
    expect(registerAnswer(200, '{"state":"pending"}')).toMatchObject({ kind: 'state', reference: '' });
  });
});

describe('a code decides', () => {
  test.each<[string, number, unknown, string, string]>([
    ['as a number', 400, { code: 1010101, message: 'Missing', description: 'amount' }, '1010101', 'Missing: amount'],
    ['as a text', 401, { code: '1000001', message: 'Incorrect Credentials' }, '1000001', 'Incorrect Credentials'],
    ['one level down', 400, { error: { code: '3010004', message: 'Duplicate Order' } }, '3010004', 'Duplicate Order'],
    ['in a list', 400, { errors: [{ code: '1020001', description: 'No route' }] }, '1020001', 'No route'],
    [
      'with HTTP 500',
      500,
      { code: '1000008', message: 'Temporarily Unavailable' },
      '1000008',
      'Temporarily Unavailable',
    ],
    ['with HTTP 200', 200, { code: '3010001' }, '3010001', "HiPay's code 3010001"],
  ])('%s', (_how, httpStatus, body, code, detail) => {
    expect(registerAnswer(httpStatus, JSON.stringify(body))).toEqual({ kind: 'code', code, httpStatus, detail });
  });
});

describe('anything else is no word of HiPay', () => {
  test.each<[string, number, string]>([
    ['the page of a proxy', 502, HTML],
    ['a page that says 200', 200, HTML],
    ['an empty body', 200, ''],
    ['an empty body and 500', 500, ''],
    ['cut JSON', 200, '{"state":"comple'],
    ['a JSON text', 200, '"completed"'],
    ['a JSON list', 200, '[]'],
    ['null', 200, 'null'],
    ['a state that HiPay does not have', 200, '{"state":"done"}'],
    ['a code of another length', 400, '{"code":"400"}'],
    ['a code of another kind', 400, '{"code":"E_FAILED"}'],
    ['a redirect', 302, ''],
    ['XML', 200, '<?xml version="1.0"?><response><state>completed</state></response>'],
  ])('%s', (_what, httpStatus, body) => {
    expect(registerAnswer(httpStatus, body)).toMatchObject({ kind: 'no_word', bytesLeft: true, httpStatus });
  });

  test('no text makes it throw, and without one of the words nothing is decided', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), fc.integer({ min: 200, max: 599 }), (body, httpStatus) => {
        fc.pre(!/state|code/.test(body));
        expect(registerAnswer(httpStatus, body).kind).toBe('no_word');
      }),
    );
  });
});
