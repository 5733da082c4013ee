import { describe, expect, test } from '@jest/globals';
import { approvedFacts } from '../../test/support/sample-payments.ts';
import { nobodyPays, paying, testApps } from '../../test/support/test-app.ts';

const start = testApps();

describe('a request that cannot be read never reaches the desk', () => {
  test.each<[string, number, string | Buffer, Record<string, string | undefined>, RegExp]>([
    ['not JSON', 400, '{"amount":NaN}', {}, /not JSON at line 1, column 11: found "NaN", expected a value/],
    ['nothing', 400, '', {}, /the body: found nothing, expected a JSON object/],
    ['an array', 400, '[]', {}, /the body: found an empty array, expected a JSON object/],
    ['a wrong amount', 400, '{"amount":1.005}', {}, /amount: found 1.005, expected/],
    ['a wrong key', 400, '{"amount":1}', { 'idempotency-key': 'x'.repeat(256) }, /Idempotency-Key: found/],
    ['a megabyte and more', 413, Buffer.alloc(1024 * 1024 + 1, 0x20), {}, /found more than 1048576 bytes/],
    [
      'ten megabytes in chunks',
      413,
      Buffer.alloc(10 * 1024 * 1024, 0x20),
      { 'transfer-encoding': 'chunked' },
      /more than 1048576/,
    ],
    [
      'no Content-Type',
      415,
      '{"amount":1}',
      { 'content-type': undefined },
      /send the header Content-Type: application\/json/,
    ],
    [
      'a form',
      415,
      'amount=1',
      { 'content-type': 'application/x-www-form-urlencoded' },
      /send the header Content-Type: application\/json/,
    ],
    [
      'Latin-1',
      415,
      '{"amount":1}',
      { 'content-type': 'application/json; charset=ISO-8859-1' },
      /charset "iso-8859-1", expected UTF-8/,
    ],
    ['compressed', 415, 'x', { 'content-encoding': 'gzip' }, /Content-Encoding/],
  ])('%s: %d', async (_what, status, body, headers, sentence) => {
    const { call, orders } = await start(nobodyPays);
    const answer = await call({ method: 'POST', path: '/order', body, headers });
    expect(answer.status).toBe(status);
    expect(answer.body).toMatchObject({ errorCode: '1100', errorDescription: expect.stringMatching(sentence) });
    expect(orders).toEqual([]);
  });
});

test.each([
  'application/json',
  'application/json; charset=utf-8',
  'Application/JSON;charset="UTF-8"',
  'application/vnd.till+json',
])('Content-Type: %s is JSON', async (contentType) => {
  const { call } = await start(paying(approvedFacts));
  const answer = await call({
    method: 'POST',
    path: '/order',
    body: '{"amount":1}',
    headers: { 'content-type': contentType },
  });
  expect(answer.status).toBe(200);
});

test('a byte order mark, and a name in another encoding, do not refuse the sale', async () => {
  const { call, orders, logged } = await start(paying(approvedFacts));
  const body = Buffer.concat([
    Buffer.from('\ufeff{"amount":1,"customer":{"firstname":"Zo'),
    Buffer.from([0xe9]),
    Buffer.from('"}}'),
  ]);
  expect((await call({ method: 'POST', path: '/order', body })).status).toBe(200);
  expect(orders[0]?.customer).toEqual({ firstname: 'Zo\ufffd' });
  expect(logged.join()).toContain('found bytes that are not UTF-8');
});

test('exactly a megabyte is read', async () => {
  const { call } = await start(paying(approvedFacts));
  const body = '{"amount":1}'.padEnd(1024 * 1024, ' ');
  expect((await call({ method: 'POST', path: '/order', body })).status).toBe(200);
});
