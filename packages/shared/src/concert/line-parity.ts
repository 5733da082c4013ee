/** True where an odd number of the seven data bits is set, so that even parity sets bit 7. */
function isOdd(byte: number): boolean {
  let bits = byte & 0x7f;
  bits ^= bits >> 4;
  bits ^= bits >> 2;
  bits ^= bits >> 1;
  return (bits & 1) === 1;
}

/** What a 7E1 line carries, written on an 8N1 port: bit 7 is the parity bit, and the ten bits on the wire are the same. */
export function withEvenParity(bytes: Uint8Array): Uint8Array {
  return bytes.map((byte) => (isOdd(byte) ? byte | 0x80 : byte & 0x7f));
}

/**
 * Counts the bytes heard that look different in the two formats. Only those with an odd number of data bits do: STX, EOT
 * and NAK among the controls, not ENQ, ACK and ETX.
 */
export class ParityWitness {
  #marked = 0;
  #plain = 0;

  hear(bytes: Uint8Array): void {
    for (const byte of bytes) {
      if (!isOdd(byte)) continue;
      if ((byte & 0x80) !== 0) this.#marked += 1;
      else this.#plain += 1;
    }
  }

  forget(): void {
    this.#marked = 0;
    this.#plain = 0;
  }

  get format(): '7E1' | '8N1' | 'undecided' {
    if (this.#marked === this.#plain) return 'undecided';
    return this.#marked > this.#plain ? '7E1' : '8N1';
  }
}
