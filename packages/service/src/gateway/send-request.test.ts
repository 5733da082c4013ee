import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { ManualClock } from '@hipay-ecr/shared/manual-clock.ts';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { gatewayLimits } from './gateway-limits.ts';
import { loadHttpClient } from './http-client.ts';
import { createSender, type SenderSettings } from './send-request.ts';

let clock: ManualClock;
let server: http.Server;
let requests: number;
beforeEach(async () => {
  clock = new ManualClock();
  requests = 0;
  server = http.createServer((_request, response) => {
    requests += 1;
    response.end('here');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterEach(async () => {
  server.closeAllConnections();
  server.close();
  await once(server, 'close');
});

function sender(loadClient: SenderSettings['loadClient']) {
  return createSender({ userAgent: 'test/1', authorization: 'Basic none', httpsProxy: undefined, clock, loadClient });
}

function request() {
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/` };
}

describe('what requests are sent with is loaded with the first one', () => {
  test('the time it takes counts: one that leaves none for a connection sends nothing', async () => {
    const { send } = sender((proxy) => {
      clock.advance(gatewayLimits.connectMs);
      return loadHttpClient(proxy);
    });
    const detail = 'no connection within 15 s';
    expect(await send(request())).toEqual({ answered: false, bytesLeft: false, detail });
    expect(requests).toBe(0);
  });

  test('one that takes less is none of its business', async () => {
    const { send } = sender((proxy) => {
      clock.advance(gatewayLimits.connectMs - 1);
      return loadHttpClient(proxy);
    });
    expect(await send(request())).toEqual({ answered: true, httpStatus: 200, body: 'here' });
  });

  test('where it cannot be loaded, nothing has left; the next request loads it, and those after that do not', async () => {
    let loads = 0;
    const { send, getReady } = sender((proxy) => {
      loads += 1;
      return loads === 1 ? Promise.reject(new Error('no file descriptors left')) : loadHttpClient(proxy);
    });
    const failed = { answered: false, bytesLeft: false, detail: 'no file descriptors left' };
    expect(await send(request())).toEqual(failed);
    expect(await send(request())).toMatchObject({ answered: true });
    await getReady(async () => true);
    expect(await send(request())).toMatchObject({ answered: true });
    expect(loads).toBe(2);
  });
});
