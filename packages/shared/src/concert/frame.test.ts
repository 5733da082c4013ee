import { toBytes } from './fields.ts';
import { encodeFrame, lrcOf } from './frame.ts';
import { VECTORS, vector } from './test-vectors.ts';

const WHOLE_FRAMES: Record<string, string> = {
  P1: '02 30 31 30 30 30 30 35 35 31 30 31 31 30 39 37 38 20 20 20 20 20 20 20 20 20 20 41 30 31 30 42 30 31 30 03 06',
  P3: '02 30 31 30 30 30 30 39 31 31 30 30 31 30 39 37 38 20 20 20 20 20 20 20 20 20 20 41 30 31 30 42 30 31 30 03 0F',
  P10: '02 30 31 30 30 30 30 31 32 33 34 31 31 30 39 37 38 30 31 32 33 34 35 36 37 38 39 03 01',
  M1: '02 30 31 37 30 30 30 30 30 30 30 31 30 39 37 38 20 20 20 20 20 20 20 20 20 20 03 32',
  M2: '02 30 31 30 30 30 30 30 30 30 30 31 42 39 37 38 20 20 20 20 20 20 20 20 20 20 03 47',
  C1: '02 30 31 30 30 30 30 31 30 30 30 30 31 30 39 37 38 20 20 20 20 20 20 20 20 20 20 41 30 31 30 42 30 31 30 03 07',
  C8: '02 30 31 30 30 30 30 30 35 30 30 31 31 32 39 37 38 20 20 20 20 20 20 20 20 20 20 41 30 31 30 42 30 31 30 03 00',
  C10: '02 30 31 30 30 30 30 30 30 30 35 30 31 30 39 37 38 20 20 20 20 20 20 20 20 20 20 41 30 31 30 42 30 31 30 03 03',
  C14: '02 30 31 30 30 30 30 30 30 31 31 30 31 30 39 37 38 20 20 20 20 20 20 20 20 20 20 41 30 31 30 42 30 31 30 03 06',
  C19: '02 30 31 30 30 30 30 30 31 30 30 30 42 39 37 38 20 20 20 20 20 20 20 20 20 20 03 47',
  C22: '02 30 31 30 30 30 30 30 31 30 30 30 31 34 39 37 30 31 30 31 32 33 34 35 36 37 38 39 30 20 20 20 20 20 20 20 20 20 20 20 20 20 20 20 20 20 20 20 20 20 20 20 20 20 20 20 20 20 20 20 20 20 20 20 20 20 20 20 39 37 38 20 20 20 20 20 20 20 20 20 20 03 1E',
};

test.each(Object.entries(VECTORS))('%s has its length and its LRC', (id, [, frameBytes, lrc]) => {
  const frame = encodeFrame(toBytes(vector(id)));
  expect([frame.length, frame.at(-1)]).toEqual([frameBytes, lrc]);
});

test.each(Object.entries(WHOLE_FRAMES))('%s byte by byte', (id, expected) => {
  const frame = encodeFrame(toBytes(vector(id)));
  expect(Array.from(frame, (byte) => byte.toString(16).toUpperCase().padStart(2, '0')).join(' ')).toBe(expected);
});

test.each([
  ['0.06', 0x00],
  ['0.07', 0x01],
  ['0.04', 0x02],
  ['0.05', 0x03],
  ['0.02', 0x04],
  ['0.03', 0x05],
  ['0.11', 0x06],
  ['0.01', 0x07],
  ['0.68', 0x08],
  ['0.69', 0x09],
  ['0.48', 0x0a],
  ['0.49', 0x0b],
  ['0.28', 0x0c],
  ['0.29', 0x0d],
  ['0.08', 0x0e],
  ['0.09', 0x0f],
])('the request for %s has the LRC %i, whatever control that is', (euros, lrc) => {
  const amount = euros.replace('.', '').padStart(8, '0');
  expect(lrcOf(toBytes(`01${amount}010978          A010B010`))).toBe(lrc);
});

test.each([
  ['no data', [], /1 to 2048 bytes, not 0/],
  ['too much data', Array(2_049).fill(0x30), /not 2049/],
  ['a control in the data', [0x30, 0x03], /byte 1 of the data is 3/],
])('refuses to encode %s', (_, data, message) => {
  expect(() => encodeFrame(Uint8Array.from(data))).toThrow(message);
});
