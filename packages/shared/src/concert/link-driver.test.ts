import fc from 'fast-check';
import { ManualClock } from '../manual-clock.ts';
import { toText } from './fields.ts';
import type { LinkDriver } from './link-driver.ts';
import type { TransferOutcome } from './link-types.ts';
import { ascii, Chair, Pair, passTime } from './test-pair.ts';

function send(driver: LinkDriver, text: string, allowed = true) {
  const seen: { outcome?: TransferOutcome } = {};
  void driver.send({ data: ascii(text), beforeFrame: () => Promise.resolve(allowed) }).then((outcome) => {
    seen.outcome = outcome;
  });
  return seen;
}

const C1 = '0100001000010978··········A010B010';
const C18 = '010000010001978··········';

test('a request goes one way and its answer the other', async () => {
  const { clock, register, terminal } = new Pair();
  const request = send(register.driver, C1);
  await passTime(clock, 1_000);
  expect(request.outcome).toEqual({ delivered: true });
  expect(terminal.received).toEqual([{ data: ascii(C1), dialect: false, afterOurFrame: true }]);
  await passTime(clock, 20_000);
  const answer = send(terminal.driver, C18);
  await passTime(clock, 1_000);
  expect(answer.outcome).toEqual({ delivered: true });
  expect(register.received).toEqual([{ data: ascii(C18), dialect: false, afterOurFrame: true }]);
});

test('two messages at once are a bug, and so are two lines', async () => {
  const { clock, register } = new Pair();
  void send(register.driver, C1);
  expect(() => send(register.driver, C1)).toThrow('a message is under way already');
  expect(() => register.driver.attach({ write: () => {}, close: () => {} })).toThrow('there is a line already');
  await passTime(clock, 1_000);
});

test('both ask at once: one gives way, both messages arrive', async () => {
  const { clock, register, terminal } = new Pair();
  const [request, answer] = [send(register.driver, C1), send(terminal.driver, C18)];
  await passTime(clock, 10_000);
  expect([request.outcome, answer.outcome]).toEqual([{ delivered: true }, { delivered: true }]);
  expect([register.texts, terminal.texts]).toEqual([[toText(ascii(C18))], [toText(ascii(C1))]]);
});

test('unplugged before the frame is out: it never arrived; and what an old promise says later does not count', async () => {
  const { clock, wire, register } = new Pair();
  let allow: (allowed: boolean) => void = () => {};
  const seen: TransferOutcome[] = [];
  const held = new Promise<boolean>((resolve) => {
    allow = resolve;
  });
  void register.driver.send({ data: ascii(C1), beforeFrame: () => held }).then((outcome) => seen.push(outcome));
  await passTime(clock, 400);
  wire.cut('unplugged');
  await passTime(clock, 0);
  expect(seen).toEqual([{ delivered: false, reached: 'no', reason: 'closed' }]);
  allow(true);
  await passTime(clock, 60_000);
  expect(register.events.filter(({ direction }) => direction === 'out')).toHaveLength(1);
});

test('however the stream is cut, the same is heard', async () => {
  const stream = Uint8Array.of(5, 2, ...ascii(C18), 3, 0x34, 4);
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat(stream.length)), async (cuts) => {
      const clock = new ManualClock();
      const chair = new Chair(clock);
      chair.driver.attach({ write: () => {}, close: () => {} });
      const edges = [0, ...cuts.toSorted((a, b) => a - b), stream.length];
      for (const [i, from] of edges.slice(0, -1).entries()) {
        chair.driver.bytes(stream.subarray(from, edges[i + 1]));
        await passTime(clock, 1);
      }
      expect(chair.texts).toEqual([toText(ascii(C18))]);
    }),
  );
});

test('data that no frame can hold is refused before anybody is asked', async () => {
  const { clock, register } = new Pair();
  const beforeFrame = () => Promise.reject(new Error('asked'));
  expect(() => register.driver.send({ data: Uint8Array.of(3), beforeFrame })).toThrow('byte 0 of the data is 3');
  await passTime(clock, 10_000);
  expect(register.events).toEqual([]);
});
