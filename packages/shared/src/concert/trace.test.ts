import { ManualClock } from '../manual-clock.ts';
import { ENQ, EOT, NAK } from './control.ts';
import { toBytes } from './fields.ts';
import { encodeFrame } from './frame.ts';
import { CLOSED_LINK } from './link-state.ts';
import { vector } from './test-vectors.ts';
import { formatTraceEvent, TraceRing } from './trace.ts';
import { HeardBytes, type TraceEvent } from './trace-event.ts';

const atMs = new Date(2026, 0, 5, 12, 3, 1, 234).getTime();

test.each([
  ['out', Uint8Array.of(5), '12:03:01.234 > ENQ'],
  ['in', Uint8Array.of(0, 6), '12:03:01.234 < 00 ACK'],
  ['out', encodeFrame(toBytes(vector('C1'))), '12:03:01.234 > STX "0100001000010978          A010B010" ETX LRC 07'],
  [
    'in',
    encodeFrame(toBytes(vector('C22'))),
    `12:03:01.234 < STX "010000010001497010******7890${' '.repeat(39)}978          " ETX LRC 1E`,
  ],
  [
    'in',
    encodeFrame(toBytes(vector('C18'))).with(-1, 5),
    '12:03:01.234 < STX "010000010001978          " ETX LRC 05 (34 expected)',
  ],
  [
    'in',
    encodeFrame(toBytes(vector('C22'))).with(17, 0x41),
    `12:03:01.234 < STX "010000**********A***********${' '.repeat(39)}978          " ETX LRC 1E (6E expected)`,
  ],
  ['in', toBytes('0001\x034970101234567890'), '12:03:01.234 < "0001" ETX "49**************"'],
] as const)('%s %#: bytes as people read them', (direction, bytes, line) => {
  expect(formatTraceEvent({ atMs, direction, bytes })).toBe(line);
});

test('a remark', () => {
  expect(formatTraceEvent({ atMs, direction: 'note', text: 'line closed' })).toBe('12:03:01.234 - line closed');
});

test('the ring keeps the last events, and gives each once', () => {
  const ring = new TraceRing(2);
  for (const text of ['a', 'b', 'c']) ring.add({ atMs, direction: 'note', text });
  const taken = ring.take();
  ring.add({ atMs, direction: 'note', text: 'd' });
  expect(taken()).toEqual(['12:03:01.234 - b', '12:03:01.234 - c']);
  expect(ring.take()()).toEqual(['12:03:01.234 - d']);
  expect(ring.take()()).toEqual([]);
});

test('the end of a session that goes on belongs to what was taken of it; what comes after it does not', () => {
  const ring = new TraceRing();
  const hear = (...bytes: number[]) => ring.add({ atMs, direction: 'in', bytes: Uint8Array.from(bytes) });
  hear(ENQ);
  const ended = ring.take(true);
  hear(EOT);
  hear(NAK);
  expect(ended()).toEqual(['12:03:01.234 < ENQ', '12:03:01.234 < EOT']);
  const unended = ring.take(true);
  hear(ENQ);
  expect(unended()).toEqual(['12:03:01.234 < NAK']);
  expect(ring.take()()).toEqual(['12:03:01.234 < ENQ']);
});

test('a remark that falls into a run is told after it, so that no card number is told in pieces', () => {
  const told: TraceEvent[] = [];
  const clock = new ManualClock();
  const heard = new HeardBytes(clock, (event) => told.push(event));
  const hear = (text: string) => {
    for (const byte of toBytes(text)) heard.hear(byte, CLOSED_LINK);
  };
  hear('4970');
  heard.note('damaged');
  hear('101234567890');
  expect(told).toEqual([]);
  heard.flush();
  expect(told.map((event) => formatTraceEvent(event).slice(13))).toEqual(['< "497010**********"', '- damaged']);
  heard.note('alone');
  expect(told.at(-1)).toMatchObject({ direction: 'note', text: 'alone' });
});
