import type { Line } from '@hipay-ecr/shared/concert/line.ts';
import { ManualClock } from '@hipay-ecr/shared/manual-clock.ts';
import fc from 'fast-check';
import { ByteSchedule } from './byte-schedule.ts';
import { paced } from './paced-line.ts';
import type { PreciseClock } from './precise-clock.ts';

const BYTE_MS = 10_000 / 9600;

function pacedBench() {
  const clock = new ManualClock();
  const precise: PreciseClock = {
    nowMs: () => clock.monotonicMs(),
    at: (dueMs, act) => clock.after(dueMs - clock.monotonicMs(), act),
  };
  const heard: { ms: number; text: string }[] = [];
  const written: { ms: number; text: string }[] = [];
  let line: Line | undefined;
  const port = paced(
    9600,
    {
      opened: (opened) => {
        line = opened;
      },
      bytes: (bytes) => heard.push({ ms: clock.monotonicMs(), text: String.fromCharCode(...bytes) }),
      closed: (reason) => heard.push({ ms: clock.monotonicMs(), text: `(${reason})` }),
    },
    precise,
  );
  port.opened({
    write: (bytes) => written.push({ ms: clock.monotonicMs(), text: String.fromCharCode(...bytes) }),
    close: () => {},
  });
  if (line === undefined) throw new Error('no line was opened');
  return { clock, port, line, heard, written };
}

const ascii = (text: string) => new TextEncoder().encode(text);

test('a byte at 9600 baud takes ten bits of 1/9600 s', () => {
  expect(new ByteSchedule(9600).byteMs).toBeCloseTo(1.0417, 4);
  expect(new ByteSchedule(1200).arrivalMs(100, 37)).toBeCloseTo(100 + 308.33, 2);
});

test('pieces queue behind one another, and an idle line starts anew', () => {
  const schedule = new ByteSchedule(10_000);
  expect(schedule.arrivalMs(0, 3)).toBe(3);
  expect(schedule.arrivalMs(1, 2)).toBe(5);
  expect(schedule.arrivalMs(50, 1)).toBe(51);
});

test('no piece arrives before its time, nor before the one that went ahead', () => {
  const pieces = fc.array(fc.record({ waitMs: fc.nat(50), count: fc.integer({ min: 1, max: 80 }) }));
  fc.assert(
    fc.property(pieces, (list) => {
      const schedule = new ByteSchedule(9600);
      let nowMs = 0;
      let lastMs = 0;
      for (const { waitMs, count } of list) {
        nowMs += waitMs;
        const arrivalMs = schedule.arrivalMs(nowMs, count);
        expect(arrivalMs - Math.max(nowMs, lastMs)).toBeCloseTo(count * BYTE_MS, 6);
        lastMs = arrivalMs;
      }
    }),
  );
});

test('both directions are slow, each by itself, and keep their order', () => {
  const { clock, port, line, heard, written } = pacedBench();
  port.bytes(ascii('abc'));
  port.bytes(ascii('d'));
  line.write(ascii('x'));
  clock.advance(1_000);
  expect(heard).toEqual([
    { ms: expect.closeTo(3 * BYTE_MS, 6), text: 'abc' },
    { ms: expect.closeTo(4 * BYTE_MS, 6), text: 'd' },
  ]);
  expect(written).toEqual([{ ms: expect.closeTo(BYTE_MS, 6), text: 'x' }]);
});

test('what is written counts as handed over at once: how long it travels is the line’s business', async () => {
  const { line, written } = pacedBench();
  await new Promise<void>((resolve) => line.write(ascii('x'), resolve));
  expect(written).toEqual([]);
});

test('bytes written in answer to bytes heard queue after those on their way', () => {
  const { clock, port, line, heard, written } = pacedBench();
  line.write(ascii('12345'));
  port.bytes(ascii('a'));
  clock.advance(2 * BYTE_MS);
  expect(heard).toHaveLength(1);
  line.write(ascii('6'));
  clock.advance(1_000);
  expect(written).toEqual([
    { ms: expect.closeTo(5 * BYTE_MS, 6), text: '12345' },
    { ms: expect.closeTo(6 * BYTE_MS, 6), text: '6' },
  ]);
});

test('what is on its way when the cable is pulled is lost', () => {
  const { clock, port, line, heard, written } = pacedBench();
  port.bytes(ascii('abc'));
  line.write(ascii('x'));
  port.closed('pulled');
  clock.advance(1_000);
  expect(heard).toEqual([{ ms: 0, text: '(pulled)' }]);
  expect(written).toEqual([]);
});
