import { connect } from 'node:net';
import { describe, expect, test } from '@jest/globals';
import { BASIC } from '../../test/support/http-call.ts';
import { approvedFacts, paymentOf } from '../../test/support/sample-payments.ts';
import { testApps } from '../../test/support/test-app.ts';
import type { DeskResult, Till } from '../payments/desk-result.ts';
import type { Order } from '../payments/order.ts';

const start = testApps();

describe('whether the till still waits, and was told', () => {
  /** A till on a bare socket, that can hang up. */
  function till(port: number, close: 'close' | 'keep-alive'): ReturnType<typeof connect> {
    const body = '{"amount":1}';
    const socket = connect(port, '127.0.0.1');
    const head = `POST /order HTTP/1.1\r\nHost: localhost:${port}\r\nAuthorization: ${BASIC}\r\nConnection: ${close}\r\n`;
    socket.write(`${head}Content-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`);
    return socket;
  }

  /** A desk whose one answer the test gives, once it has been asked. */
  function patientDesk() {
    let give: (told: () => void) => void = () => {};
    let asked: (till: Till) => void = () => {};
    const wasAsked = new Promise<Till>((resolve) => {
      asked = resolve;
    });
    const submit = (order: Order, from: Till): Promise<DeskResult> => {
      asked(from);
      return new Promise((resolve) => {
        give = (told) => resolve({ kind: 'payment', payment: paymentOf(order, approvedFacts), replayed: false, told });
      });
    };
    return { submit, wasAsked, give: (told: () => void) => give(told) };
  }

  test.each(['close', 'keep-alive'] as const)('told, once the answer is out (Connection: %s)', async (connection) => {
    const desk = patientDesk();
    const { port } = await start(desk.submit);
    const socket = till(port, connection);
    const asking = await desk.wasAsked;
    expect(asking.isWaiting()).toBe(true);
    const answered = new Promise<string>((resolve) => {
      socket.once('data', (data) => resolve(data.toString()));
    });
    await new Promise<void>((resolve) => desk.give(resolve));
    expect(await answered).toMatch(/^HTTP\/1.1 200 OK/);
    socket.destroy();
  });

  test.each(['end', 'resetAndDestroy'] as const)('not told where the till hung up before (%s)', async (how) => {
    const desk = patientDesk();
    const { port, listening, logged } = await start(desk.submit);
    const socket = till(port, 'keep-alive');
    socket.on('error', () => {});
    const asking = await desk.wasAsked;
    const hungUp = new Promise((resolve) => {
      socket.once('close', resolve);
    });
    socket[how]();
    await hungUp;
    while (asking.isWaiting()) await new Promise((resolve) => setImmediate(resolve));
    let told = 0;
    desk.give(() => {
      told += 1;
    });
    await listening.close();
    expect(logged.join()).toContain('A payment was answered');
    expect(told).toBe(0);
  });
});
