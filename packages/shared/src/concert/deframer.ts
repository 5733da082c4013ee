import { type ControlName, controlName, ENQ, ETX, STX } from './control.ts';
import { isDataByte, lrcOf } from './frame.ts';
import { LINK_LIMITS } from './link-limits.ts';

/** Where the next byte falls. What a byte means depends on it alone: an LRC takes any value, those of controls too. */
export type DeframerState =
  | { readonly at: 'outside' }
  | { readonly at: 'stray_lrc'; readonly lastMs: number }
  | { readonly at: 'data' | 'lrc'; readonly data: readonly number[]; readonly lastMs: number };

/** What one byte amounts to. `partial`: it belongs to a frame that goes on. `stray`: it belongs to nothing. */
export type Token =
  | { readonly kind: 'control'; readonly control: Exclude<ControlName, 'STX' | 'ETX'> }
  | { readonly kind: 'partial' }
  | { readonly kind: 'frame'; readonly data: Uint8Array }
  | { readonly kind: 'damaged'; readonly why: string }
  | { readonly kind: 'stray'; readonly byte: number };

interface Deframed {
  readonly state: DeframerState;
  readonly token: Token;
}

export const OUTSIDE: DeframerState = { at: 'outside' };

/** Takes one byte (bit 7 cleared) at a time, so that it cannot matter how a line cuts the stream. */
export function deframe(state: DeframerState, byte: number, atMs: number): Deframed {
  switch (state.at) {
    case 'outside':
      return outside(byte, atMs);
    case 'stray_lrc': {
      // A lost STX leaves ETX and LRC outside: the LRC is no control. One that opens something, after a pause, is.
      const gapMs = atMs - state.lastMs;
      const opens = byte === ENQ || byte === STX;
      if (gapMs >= (opens ? LINK_LIMITS.silenceMs : LINK_LIMITS.byteMs)) return outside(byte, atMs);
      return { state: OUTSIDE, token: { kind: 'stray', byte } };
    }
    case 'data':
      return inData(state.data, byte, atMs, atMs - state.lastMs);
    case 'lrc':
      return atLrc(state.data, byte, atMs - state.lastMs);
  }
}

function outside(byte: number, atMs: number): Deframed {
  if (byte === STX) return { state: { at: 'data', data: [], lastMs: atMs }, token: { kind: 'partial' } };
  if (byte === ETX) return { state: { at: 'stray_lrc', lastMs: atMs }, token: { kind: 'stray', byte } };
  const control = controlName(byte);
  if (control === undefined || control === 'STX' || control === 'ETX') {
    return { state: OUTSIDE, token: { kind: 'stray', byte } };
  }
  return { state: OUTSIDE, token: { kind: 'control', control } };
}

function inData(data: readonly number[], byte: number, atMs: number, gapMs: number): Deframed {
  if (byte === STX) return outside(byte, atMs);
  if (byte === ETX) return { state: { at: 'lrc', data, lastMs: atMs }, token: { kind: 'partial' } };
  if (byte === ENQ && gapMs >= LINK_LIMITS.silenceMs) return outside(byte, atMs);
  if (!isDataByte(byte)) {
    const name = controlName(byte) ?? `byte ${hex(byte)}`;
    return damaged(`${name} inside a frame, after ${data.length} bytes of data`);
  }
  if (data.length >= LINK_LIMITS.dataBytes) return damaged(`more than ${LINK_LIMITS.dataBytes} bytes of data`);
  return { state: { at: 'data', data: [...data, byte], lastMs: atMs }, token: { kind: 'partial' } };
}

function atLrc(data: readonly number[], byte: number, gapMs: number): Deframed {
  const expected = lrcOf(data);
  if (byte === expected) return { state: OUTSIDE, token: { kind: 'frame', data: Uint8Array.from(data) } };
  // The LRC was lost, and the other side begins again.
  if (byte === ENQ && gapMs >= LINK_LIMITS.silenceMs) return outside(byte, 0);
  return damaged(`LRC ${hex(byte)} after ${data.length} bytes of data, ${hex(expected)} expected`);
}

function damaged(why: string): Deframed {
  return { state: OUTSIDE, token: { kind: 'damaged', why } };
}

function hex(byte: number): string {
  return byte.toString(16).toUpperCase().padStart(2, '0');
}
