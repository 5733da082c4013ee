import { once } from 'node:events';
import type { IncomingMessage, RequestListener, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { freePort } from '@hipay-ecr/simulator/demo/free-port.ts';
import { http } from '../node-http.ts';
import { callService } from './call-service.ts';

describe('what is asked of the service', () => {
  let server: Server | undefined;
  afterEach(() => {
    server?.closeAllConnections();
    server?.close();
  });

  async function served(app: RequestListener): Promise<Parameters<typeof callService>[0]> {
    server = http.createServer(app).listen(0, '127.0.0.1');
    await once(server, 'listening');
    return { port: (server.address() as AddressInfo).port, credentials: { username: 'log', password: 'p:é' } };
  }

  test('goes out with the credentials, the method, and the body as JSON; what is answered comes back', async () => {
    const there = await served(async (request: IncomingMessage, response: ServerResponse) => {
      const { authorization = '', accept, 'content-type': type } = request.headers;
      const asked = Buffer.concat(await request.toArray()).toString();
      const who = Buffer.from(authorization.replace('Basic ', ''), 'base64').toString();
      response.writeHead(409).end(JSON.stringify([request.method, request.url, who, accept, type, asked]));
    });
    const answer = await callService(there, { method: 'POST', path: '/a?b=c', body: { é: 1 } });
    const body = ['POST', '/a?b=c', 'log:p:é', 'application/json', 'application/json', '{"é":1}'];
    expect(answer).toEqual({ status: 409, text: JSON.stringify(body), body });
    expect(await callService(there, { method: 'GET', path: '/', accept: 'text/csv' })).toMatchObject({
      body: ['GET', '/', 'log:p:é', 'text/csv', null, ''],
    });
  });

  test('of what is no JSON the text is left', async () => {
    const there = await served((_, response) => response.end('<html>'));
    expect(await callService(there, { method: 'GET', path: '/' })).toEqual({
      ...{ status: 200, text: '<html>', body: undefined },
    });
  });

  test('is told to be down where nobody listens', async () => {
    const there = { port: await freePort(), credentials: { username: 'log', password: 'pwd' } };
    expect(await callService(there, { method: 'GET', path: '/' })).toBe('down');
  });

  const halves: [string, RequestListener, RegExp][] = [
    ['before the head', (request) => request.socket.destroy(), /does not answer \(socket hang up\)\. Look at its log/],
    [
      'in the midst of the body',
      (_, response) => response.writeHead(200, { 'content-length': 9 }).write('{', () => response.destroy()),
      /does not answer \(aborted\)/,
    ],
    [
      'by what is no HTTP, behind a good head',
      ({ socket }) => socket.write('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\n{\r\nno size\r\n'),
      /does not answer \(/,
    ],
  ];
  test.each(halves)('that is broken off %s is an error that says so', async (_, app, expected) => {
    const asked = callService(await served(app), { method: 'GET', path: '/' });
    await expect(asked).rejects.toMatchObject({ code: '1000', message: expect.stringMatching(expected) });
  });

  test.each(['nothing', 'half'])(
    'and has %s of an answer when the time is over is an error that says so',
    async (what) => {
      const over = new AbortController();
      const there = await served((_, response) => {
        if (what === 'half') response.writeHead(200, { 'content-length': 9 }).write('{');
        setImmediate(() => over.abort(new Error('too late')));
      });
      const asked = callService(there, { method: 'GET', path: '/' }, over.signal);
      await expect(asked).rejects.toMatchObject({ code: '1000', message: expect.stringContaining('(too late)') });
    },
  );
});
