import { ETX, STX } from './control.ts';
import { LINK_LIMITS } from './link-limits.ts';

/** XOR of all data bytes and ETX; STX is left out (pyTeliumManager, OCA telium driver, PayXpert Concert V2 page). */
export function lrcOf(data: ArrayLike<number>): number {
  let lrc = ETX;
  for (let i = 0; i < data.length; i++) lrc ^= data[i] as number;
  return lrc;
}

/** True for bytes that data may hold: 20..7F, and the line ends of a receipt text (Nepting). */
export function isDataByte(byte: number): boolean {
  return (byte >= 0x20 && byte <= 0x7f) || byte === 0x0a || byte === 0x0d;
}

/** STX, data, ETX, LRC. */
export function encodeFrame(data: Uint8Array): Uint8Array {
  if (data.length === 0 || data.length > LINK_LIMITS.dataBytes) {
    throw new RangeError(`a frame holds 1 to ${LINK_LIMITS.dataBytes} bytes, not ${data.length}`);
  }
  const odd = data.findIndex((byte) => !isDataByte(byte));
  if (odd !== -1) throw new RangeError(`byte ${odd} of the data is ${data[odd]}: 20..7F, LF and CR go into a frame`);
  return Uint8Array.of(STX, ...data, ETX, lrcOf(data));
}

export function sameBytes(a: ArrayLike<number>, b: ArrayLike<number>): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}
