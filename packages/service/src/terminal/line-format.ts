import { ACK, NAK, STX } from '@hipay-ecr/shared/concert/control.ts';
import type { Line } from '@hipay-ecr/shared/concert/line.ts';
import { withEvenParity } from '@hipay-ecr/shared/concert/line-parity.ts';
import type { LineSettings } from '@hipay-ecr/shared/config/config.ts';

/** How characters travel: eight bits, or seven and an even parity bit. */
export type LineFormat = '8N1' | '7E1';

/**
 * The format in which one open line is written. A port that is set to 8N1 can speak 7E1 all the same: bit 7 of each byte
 * carries the even parity. ENQ and ACK are alike in both, so that a wrong format shows only when the frame is NAKed
 * (pyTeliumManager issue 2 has the symptom). Therefore, for the first frame after the line was opened, and only where two
 * transmissions got NAK, the third one goes out in the other format.
 */
export class LineFormatTrial {
  #format: LineFormat;
  readonly #usual: LineFormat;
  #phase: 'before' | 'written' | 'on_the_wire' | 'refused' | 'over' = 'before';
  #transmissions = 0;
  #refusals = 0;
  readonly #onProven: (format: LineFormat) => void;

  constructor(usual: LineFormat, onProven: (format: LineFormat) => void) {
    this.#usual = usual;
    this.#format = usual;
    this.#onProven = onProven;
  }

  /** Bytes as the register writes them, in the form in which they go out. */
  outgoing(bytes: Uint8Array): Uint8Array {
    if (this.#phase !== 'over') this.#observeOutgoing(bytes[0]);
    return this.#format === '7E1' ? withEvenParity(bytes) : bytes;
  }

  /** What was written last has been handed to the device: an ACK or NAK may belong to it from now on. */
  handedOver(): void {
    if (this.#phase === 'written') this.#phase = 'on_the_wire';
  }

  /** Bytes from the wire, whatever their bit 7. */
  hear(bytes: Uint8Array): void {
    for (const byte of bytes) this.#observeIncoming(byte & 0x7f);
  }

  #observeOutgoing(first: number | undefined): void {
    if (first === STX) {
      this.#phase = 'written';
      this.#transmissions++;
      if (this.#transmissions === 3 && this.#refusals === 2) this.#format = this.#usual === '8N1' ? '7E1' : '8N1';
    } else if (this.#transmissions > 0) {
      this.#phase = 'over';
      this.#format = this.#usual;
    }
  }

  #observeIncoming(byte: number): void {
    if (this.#phase !== 'on_the_wire') return;
    if (byte === NAK) {
      this.#phase = 'refused';
      this.#refusals++;
    } else if (byte === ACK) {
      this.#phase = 'over';
      if (this.#format !== this.#usual) this.#onProven(this.#format);
    }
  }
}

/** Which format each device has proved to speak, for as long as the program runs. */
export class LineFormats {
  readonly #proven = new Map<string, LineFormat>();
  readonly #mayEmulate: boolean;

  /** A port that is itself set to seven bits or a parity is left alone: only 8N1 can carry the other format. */
  constructor({ dataBits, parity }: Pick<LineSettings, 'dataBits' | 'parity'>) {
    this.#mayEmulate = dataBits === 8 && parity === 'none';
  }

  /** The trial for a line that has just been opened; undefined where nothing is emulated. */
  open(identity: string, onProven: (format: LineFormat) => void = () => {}): LineFormatTrial | undefined {
    if (!this.#mayEmulate) return undefined;
    return new LineFormatTrial(this.#proven.get(identity) ?? '8N1', (format) => {
      this.#proven.set(identity, format);
      onProven(format);
    });
  }
}

/** The line as the link writes to it: seven bits, whatever travels. */
export function inFormat(line: Line, trial: LineFormatTrial | undefined): Line {
  if (trial === undefined) return line;
  return {
    write(bytes, handedOver) {
      line.write(trial.outgoing(bytes), () => {
        trial.handedOver();
        handedOver?.();
      });
    },
    close: () => line.close(),
  };
}
