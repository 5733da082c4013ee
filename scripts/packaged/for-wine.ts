/** Belongs to no control and no frame: the link notes it and goes on. */
const STRAY = 0x00;

/**
 * What a cable to Wine carries. Its serial ports hand over a byte that comes alone only with the next one: a ReadFile that is to give
 * what is there at once (ReadIntervalTimeout MAXDWORD, the totals 0) waits where nothing is there, which Windows' does not, and
 * serialport asks so after each first byte. So a stray byte goes after each that is alone.
 */
export function forWine(bytes: Uint8Array): Uint8Array {
  return bytes.length === 1 ? Uint8Array.of(bytes[0] ?? STRAY, STRAY) : bytes;
}
