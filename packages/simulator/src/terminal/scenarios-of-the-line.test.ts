import { ACK, ENQ, EOT, NAK, STX } from '@hipay-ecr/shared/concert/control.ts';
import { withEvenParity } from '@hipay-ecr/shared/concert/line-parity.ts';
import { LinkDriver } from '@hipay-ecr/shared/concert/link-driver.ts';
import { acceptsReplies } from '@hipay-ecr/shared/concert/payment-reply.ts';
import { amountOf, Bench, count, delivered, requestData } from './test-bench.ts';

test('noise: stray bytes travel before the answer', async () => {
  const bench = new Bench();
  await bench.ask(amountOf('noise'));
  await bench.pass(5_000);
  expect(bench.spoken.slice(2, 8)).toEqual([0x00, 0x55, 0x7f, EOT, NAK, ENQ]);
});

test('nak-once: the same frame again is taken, as one request', async () => {
  const bench = new Bench();
  expect(await bench.ask(amountOf('nak-once'))).toEqual(delivered);
  await bench.pass(5_000);
  expect(bench.spoken.slice(0, 3)).toEqual([ACK, NAK, ACK]);
  expect(bench.terminal.charges).toEqual([expect.objectContaining({ approved: true, frameNumber: 1 })]);
});

test('nak-thrice: refused each time, nothing taken; asked again it is refused again', async () => {
  const bench = new Bench();
  for (let round = 0; round < 2; round++) {
    expect(await bench.ask(amountOf('nak-thrice'))).toEqual({ delivered: false, reached: 'no', reason: 'refused' });
  }
  await bench.pass(60_000);
  expect(bench.spoken).toEqual([ACK, NAK, NAK, NAK, ACK, NAK, NAK, NAK]);
  expect(bench.terminal.charges).toEqual([]);
});

test('bad-checksum: the first answer is damaged, the second is whole', async () => {
  const bench = new Bench();
  await bench.ask(amountOf('bad-checksum'));
  await bench.pass(8_000);
  expect(count(bench.spoken, STX)).toBe(2);
  expect(bench.replies).toEqual([expect.objectContaining({ stat: '0' })]);
  expect(bench.terminal.charges).toEqual([expect.objectContaining({ answerAcknowledged: true })]);
});

describe('seven-bits', () => {
  test('a request without parity gets NAK, with its parity bit', async () => {
    const bench = new Bench();
    expect(await bench.ask(amountOf('seven-bits'))).toMatchObject({ delivered: false, reason: 'refused' });
    expect(bench.spoken).toEqual([ACK, 0x95, 0x95, 0x95]);
    expect(bench.terminal.charges).toEqual([]);
  });

  test('a register that turns to even parity at its third transmission is heard, and answered alike', async () => {
    const bench = new Bench();
    const register = new LinkDriver(
      bench.clock,
      { received: async (message) => bench.received.push(message) > 0 },
      {
        accepts: acceptsReplies,
        encode: (bytes, transmission) => (transmission === 3 ? withEvenParity(bytes) : bytes),
      },
    );
    bench.wire.cut('another register');
    bench.terminal.opened(bench.wire.open('right', bench.terminal));
    register.attach(
      bench.wire.open('left', {
        bytes: (bytes) => register.bytes(bytes),
        closed: (reason) => register.detach(reason),
      }),
    );
    const data = requestData(amountOf('seven-bits'));
    const asked = register.send({ data, beforeFrame: () => Promise.resolve(true) });
    await bench.pass(10_000);
    expect(await asked).toEqual(delivered);
    expect(bench.replies).toEqual([expect.objectContaining({ stat: '0', amountMinor: 10_015 })]);
    const frame = bench.spoken.slice(5, 33);
    expect(frame[0]).toBe(STX | 0x80);
    expect(frame).toEqual([...withEvenParity(Uint8Array.from(frame))]);
  });
});

test('unplug-before: charged, the answer finds no line, and is given up', async () => {
  const bench = new Bench();
  await bench.ask(amountOf('unplug-before'));
  await bench.pass(60_000);
  expect(bench.registerLineGone).toBe(1);
  expect(bench.received).toEqual([]);
  expect(bench.terminal.charges).toEqual([expect.objectContaining({ approved: true, answerAcknowledged: false })]);
  expect(bench.kinds).toEqual([
    'line_opened',
    'request_taken',
    'decided',
    'cable_pulled',
    'line_closed',
    'answer_failed',
    'answer_failed',
    'answer_failed',
    'answer_dropped',
    'cable_back',
    'line_opened',
  ]);
  expect(await bench.ask(1_250)).toEqual(delivered);
});

test('unplug-after: the register has the answer, the terminal does not know', async () => {
  const bench = new Bench();
  await bench.ask(amountOf('unplug-after'));
  await bench.pass(60_000);
  expect(bench.registerLineGone).toBe(1);
  expect(bench.replies).toEqual([expect.objectContaining({ stat: '0' })]);
  expect(bench.terminal.charges).toEqual([expect.objectContaining({ approved: true, answerAcknowledged: false })]);
  expect(await bench.ask(1_250)).toEqual(delivered);
});

test('unplug-after with the cable soon back: the same answer comes again', async () => {
  const bench = new Bench({ delays: { unpluggedMs: 1_000 } });
  await bench.ask(amountOf('unplug-after'));
  await bench.pass(60_000);
  expect(bench.replies).toHaveLength(2);
  expect(bench.replies[1]).toEqual(bench.replies[0]);
  expect(bench.terminal.charges).toEqual([expect.objectContaining({ answerAcknowledged: true })]);
});
