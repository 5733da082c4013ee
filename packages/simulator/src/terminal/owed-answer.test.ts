import { ACK, EOT } from '@hipay-ecr/shared/concert/control.ts';
import { encodeFrame } from '@hipay-ecr/shared/concert/frame.ts';
import type { OwedHabit } from './owed-habit.ts';
import { Bench, requestData } from './test-bench.ts';

describe('an answer that was given up', () => {
  const lost = async (owed: OwedHabit) => {
    const bench = new Bench({ owed });
    bench.terminal.next('lost-answer');
    await bench.ask(1_250, { privateData: '1111111111' });
    await bench.pass(30_000);
    expect(bench.kinds).toContain('answer_dropped');
    return bench;
  };
  const tokens = (bench: Bench) => bench.replies.map((reply) => reply?.privateData);

  test('is forgotten where nothing is said', async () => {
    const bench = await lost('forgotten');
    await bench.ask(1_250, { privateData: '2222222222' });
    await bench.pass(30_000);
    expect(tokens(bench)).toEqual(['2222222222']);
  });

  test('at_enquiry: the ENQ of the next request is answered with ENQ, and the answer goes first', async () => {
    const bench = await lost('at_enquiry');
    await bench.ask(1_250, { privateData: '2222222222' });
    expect(tokens(bench)).toEqual(['1111111111']);
    await bench.pass(30_000);
    expect(tokens(bench)).toEqual(['1111111111', '2222222222']);
  });

  test('after_enquiry: it comes where the request is held back, and waits where it is not', async () => {
    const bench = await lost('after_enquiry');
    await bench.ask(1_250, { privateData: '2222222222' });
    await bench.pass(30_000);
    expect(tokens(bench)).toEqual(['2222222222']);
    void bench.register.probe();
    await bench.pass(5_000);
    expect(tokens(bench)).toEqual(['2222222222', '1111111111']);
  });

  test('mid_payment: it comes when the next request is taken, and the answer to that follows', async () => {
    const bench = await lost('mid_payment');
    await bench.ask(1_250, { privateData: '2222222222' });
    await bench.pass(1_000);
    expect(bench.terminal.inTransaction).toBe(true);
    expect(tokens(bench)).toEqual(['1111111111']);
    await bench.pass(30_000);
    expect(tokens(bench)).toEqual(['1111111111', '2222222222']);
  });

  test('is forgotten where nothing would tell it from the answer to the next request', async () => {
    const bench = new Bench({ owed: 'mid_payment', privateField: 'blank' });
    bench.terminal.next('lost-answer');
    await bench.ask(1_250);
    await bench.pass(30_000);
    await bench.ask(1_250);
    await bench.pass(30_000);
    expect(bench.replies).toHaveLength(1);
    bench.terminal.next('lost-answer');
    await bench.ask(1_300);
    await bench.pass(30_000);
    await bench.ask(1_250);
    await bench.pass(30_000);
    expect(bench.replies.map((reply) => reply?.amountMinor)).toEqual([1_250, 1_300, 1_250]);
  });

  test('is forgotten where it is a refusal that names no amount, whatever the next request is about', async () => {
    const bench = new Bench({ owed: 'mid_payment', privateField: 'opaque', answerSessions: 1 });
    bench.terminal.next('abandon');
    await bench.ask(1_250);
    bench.wire.alter = (byte, from) => (from === 'left' && byte === ACK ? [] : [byte]);
    await bench.pass(30_000);
    expect(bench.kinds).toContain('answer_dropped');
    bench.wire.alter = (byte) => [byte];
    await bench.ask(1_300);
    await bench.pass(30_000);
    expect(bench.replies.map((reply) => reply?.stat)).toEqual(['0']);
  });

  const lostUnnamed = async () => {
    const bench = new Bench({ owed: 'at_enquiry', privateField: 'blank' });
    bench.terminal.next('lost-answer');
    await bench.ask(1_250);
    await bench.pass(30_000);
    return bench;
  };

  const request = encodeFrame(requestData(1_250));

  test.each([
    ['whole, and refused once', request],
    ['broken off', request.subarray(0, 20)],
  ])('is forgotten where its register may have died over the next request: %s', async (_how, bytes) => {
    const bench = await lostUnnamed();
    bench.terminal.next('nak-thrice');
    bench.terminal.bytes(bytes);
    await bench.pass(10_000);
    void bench.register.probe();
    await bench.pass(10_000);
    expect(bench.replies).toEqual([]);
  });

  test('is brought where the register knows that the next request was not taken', async () => {
    const bench = await lostUnnamed();
    bench.terminal.next('nak-thrice');
    bench.terminal.bytes(Uint8Array.of(...request, ...request, ...request, EOT));
    await bench.pass(10_000);
    void bench.register.probe();
    await bench.pass(10_000);
    expect(bench.replies).toHaveLength(1);
  });
});
