import http from 'node:http';
import { freePort } from '@hipay-ecr/simulator/demo/free-port.ts';
import { BASIC, HASH_KEY, PASSWORD, TestHipay } from '../../test/support/test-hipay.ts';
import { gatewayLimits } from './gateway-limits.ts';
import { anOrder } from './test-order.ts';

let hipay: TestHipay;
beforeEach(async () => {
  hipay = await TestHipay.open();
});
afterEach(() => hipay.close());

test('HiPay gets a form, credentials and our name, and nothing from the environment stands between', async () => {
  let seen: { headers: http.IncomingHttpHeaders; method: string | undefined; url: string | undefined } | undefined;
  const port = await hipay.serve(
    http.createServer(({ headers, method, url }, response) => {
      seen = { headers, method, url };
      response.end('{"state":"completed","transactionReference":"1"}');
    }),
  );
  process.env.http_proxy = `http://127.0.0.1:${await freePort()}`;
  hipay.afterwards(() => delete process.env.http_proxy);
  await hipay.gateway().register(hipay.order({ target: hipay.target(`http://127.0.0.1:${port}/rest/`) }));
  expect(seen).toMatchObject({
    method: 'POST',
    url: '/rest/v1/order',
    headers: {
      authorization: `Basic ${BASIC}`,
      accept: 'application/json',
      'content-type': 'application/x-www-form-urlencoded; charset=utf-8',
      'user-agent': 'test/1',
    },
  });
});

describe('secrets', () => {
  test('what HiPay echoes of them never reaches an answer', async () => {
    const port = await hipay.serve(
      http.createServer((request, response) => {
        const message = `${request.headers.authorization} ${PASSWORD} ${HASH_KEY} ${encodeURIComponent(PASSWORD)}`;
        response.statusCode = 401;
        response.end(JSON.stringify({ code: '1000001', message }));
      }),
    );
    const echo = hipay.target(`http://127.0.0.1:${port}/rest/`);
    const said = {
      kind: 'code',
      code: '1000001',
      httpStatus: 401,
      detail: 'Basic [hidden] [hidden] [hidden] [hidden]',
    };
    expect(await hipay.gateway().register(hipay.order({ target: echo }))).toEqual(said);
    expect(await hipay.gateway().lookUp('ORDER-1', echo)).toMatchObject({ kind: 'no_word', detail: said.detail });
  });

  test('a long answer becomes one short line, in which none is left, not even cut', async () => {
    const port = await hipay.serve(
      http.createServer((_request, response) => {
        const message = `a\r\n\u0007b${'c'.repeat(gatewayLimits.detailCharacters - 8)}${PASSWORD}${'d'.repeat(5000)}`;
        response.end(JSON.stringify({ code: '1010201', message }));
      }),
    );
    const { detail } = await hipay
      .gateway()
      .register(hipay.order({ target: hipay.target(`http://127.0.0.1:${port}/rest/`) }));
    expect(detail).toMatch(/^a bc+\[hidd…$/);
  });

  test('no failure and no log line shows any', async () => {
    const unheard = hipay.target(`http://127.0.0.1:${await freePort()}/rest/`);
    const cart = { name: `${PASSWORD} ${HASH_KEY}`, type: PASSWORD };
    const answers = [
      await hipay.gateway().register(hipay.order({ target: unheard })),
      await hipay.gateway().lookUp('ORDER-1', unheard),
      await hipay.gateway().register(hipay.order({ order: anOrder({ cart: { ...cart, product_reference: '1' } }) })),
      await hipay.gateway({ hashKey: undefined }).register(hipay.order()),
    ];
    expect(hipay.logged).toEqual([expect.stringContaining('type is "[hidden]"')]);
    const all = JSON.stringify([answers, hipay.logged]);
    for (const secret of [PASSWORD, HASH_KEY, BASIC]) expect(all).not.toContain(secret);
  });
});
