import { toBytes } from './fields.ts';
import { encodeFrame } from './frame.ts';
import { vector } from './test-vectors.ts';
import { formatTraceEvent, TraceRing } from './trace.ts';

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
  expect(ring.take()).toEqual(['12:03:01.234 - b', '12:03:01.234 - c']);
  expect(ring.take()).toEqual([]);
});
