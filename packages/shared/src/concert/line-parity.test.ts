import { toBytes } from './fields.ts';
import { encodeFrame } from './frame.ts';
import { ParityWitness, withEvenParity } from './line-parity.ts';
import { vector } from './test-vectors.ts';

const C1_AS_7E1 =
  '82 30 B1 30 30 30 30 B1 30 30 30 30 B1 30 39 B7 B8 A0 A0 A0 A0 A0 A0 A0 A0 A0 A0 41 30 B1 30 42 30 B1 30 03 87';

test('C1 as it travels on a 7E1 line', () => {
  const bytes = withEvenParity(encodeFrame(toBytes(vector('C1'))));
  expect(Array.from(bytes, (byte) => byte.toString(16).toUpperCase().padStart(2, '0')).join(' ')).toBe(C1_AS_7E1);
});

test('the format shows in the bytes that differ, and in no others', () => {
  const witness = new ParityWitness();
  witness.hear(Uint8Array.of(0x05, 0x06, 0x03));
  expect(witness.format).toBe('undecided');
  witness.hear(Uint8Array.of(0x04));
  expect(witness.format).toBe('8N1');
  witness.forget();
  witness.hear(Uint8Array.of(0x84));
  expect(witness.format).toBe('7E1');
});
