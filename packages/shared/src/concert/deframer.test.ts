import fc from 'fast-check';
import { type DeframerState, deframe, OUTSIDE, type Token } from './deframer.ts';
import { toBytes, toText } from './fields.ts';
import { encodeFrame, lrcOf } from './frame.ts';
import { LINK_LIMITS } from './link-limits.ts';
import { VECTORS, vector } from './test-vectors.ts';

const [STX, ETX, EOT, ENQ, ACK] = [2, 3, 4, 5, 6];

/** Tokens of these bytes, `gapMs[i]` before byte i. */
function tokens(bytes: Iterable<number>, gapMs: Record<number, number> = {}): Token[] {
  let state: DeframerState = OUTSIDE;
  let atMs = 1_000;
  return [...bytes].map((byte, i) => {
    atMs += gapMs[i] ?? 1;
    const deframed = deframe(state, byte, atMs);
    state = deframed.state;
    return deframed.token;
  });
}

function frames(found: Token[]): string[] {
  return found.flatMap((token) => (token.kind === 'frame' ? [toText(token.data)] : []));
}

test.each(Object.keys(VECTORS))('%s is read, and its LRC is never taken for a control', (id) => {
  const found = tokens([ENQ as number, ...encodeFrame(toBytes(vector(id))), EOT as number]);
  expect(frames(found)).toEqual([vector(id)]);
  expect(found.filter(({ kind }) => kind !== 'partial' && kind !== 'frame')).toEqual([
    { kind: 'control', control: 'ENQ' },
    { kind: 'control', control: 'EOT' },
  ]);
});

test.each([
  ['N1: text with a wrong LRC', [STX, ...toBytes('ShouldNotBeDecoded'), ETX, lrcOf(toBytes('ShouldNotBeDecoded')) ^ 1]],
  ['N4: M2 with the LRC 32 that was published', [STX, ...toBytes(vector('M2')), ETX, 0x32]],
  ['N5: C1 with its 6th byte changed', [...encodeFrame(toBytes(vector('C1')))].with(5, 0x31)],
  ['N6: C1 with STX counted', [STX, ...toBytes(vector('C1')), ETX, 0x05]],
  ['N6: C1 with ETX left out', [STX, ...toBytes(vector('C1')), ETX, 0x04]],
])('%s is damaged', (_, bytes) => {
  expect(tokens(bytes as number[]).at(-1)?.kind).toBe('damaged');
});

test('STX inside a frame starts it anew', () => {
  expect(frames(tokens([STX as number, 0x30, 0x31, ...encodeFrame(toBytes('02'))]))).toEqual(['02']);
});

test('any other control inside a frame makes it damaged, and says where', () => {
  expect(tokens([STX as number, 0x30, ACK as number]).at(-1)).toEqual({
    kind: 'damaged',
    why: 'ACK inside a frame, after 1 bytes of data',
  });
});

test.each([
  [LINK_LIMITS.silenceMs, 'control'],
  [LINK_LIMITS.silenceMs - 1, 'damaged'],
])('ENQ inside a frame after %i ms is %s', (gapMs, kind) => {
  expect(tokens([STX as number, 0x30, ENQ as number], { 2: gapMs }).at(-1)?.kind).toBe(kind);
});

test('ENQ in the place of a lost LRC opens a session, unless it is the LRC', () => {
  expect(tokens([STX as number, 0x30, ETX as number, ENQ as number], { 3: 500 }).at(-1)?.kind).toBe('control');
  const c13 = encodeFrame(toBytes(vector('C13')));
  expect(tokens(c13, { [c13.length - 1]: 500 }).at(-1)?.kind).toBe('frame');
});

test('outside a frame the byte after ETX is an LRC, for as long as one may take', () => {
  expect(tokens([ETX as number, ACK as number]).at(-1)).toEqual({ kind: 'stray', byte: ACK });
  expect(tokens([ETX as number, ACK as number], { 1: LINK_LIMITS.byteMs }).at(-1)?.kind).toBe('control');
  expect(tokens([ETX as number, ENQ as number], { 1: LINK_LIMITS.silenceMs }).at(-1)?.kind).toBe('control');
});

test('a frame without end is damaged at the limit', () => {
  const found = tokens([STX as number, ...Array<number>(LINK_LIMITS.dataBytes + 1).fill(0x30)]);
  expect(found.at(-1)).toEqual({ kind: 'damaged', why: 'more than 2048 bytes of data' });
});

test('after anything at all, a frame that follows a pause is read', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 40 }), fc.constantFrom('C1', 'C18', 'C26', 'C28'), (noise, id) => {
      const masked = noise.map((byte) => byte & 0x7f);
      // STX starts anew wherever an LRC is not due; where one is, the noise ends with it.
      const bytes = [...masked, 0x30, 0x30, ...encodeFrame(toBytes(vector(id)))];
      expect(frames(tokens(bytes)).at(-1)).toBe(vector(id));
    }),
  );
});
