import { ACK, ENQ, EOT, ETX, STX } from '@hipay-ecr/shared/concert/control.ts';
import type { Line } from '@hipay-ecr/shared/concert/line.ts';
import type { PortListener } from '@hipay-ecr/simulator/lines/terminal-port.ts';

/** The moments of a payment, as the terminal's end of the cable sees them. */
export type CableMoment =
  /** Our ENQ came; its ACK does not leave any more. */
  | 'enquiry'
  | 'first byte of the frame'
  /** The terminal has the request, and its ACK does not leave any more. */
  | 'frame taken'
  | 'customer pays'
  | 'half of the answer'
  /** The answer is through; its ACK, which is on its way, is not read any more. */
  | 'answer acknowledged';

/** What half an answer takes at 9600 baud: the first half is read before the cable is out. */
const HALF_AN_ANSWER_MS = 20;

/** Stands between a terminal and its port, and pulls the cable at one moment of a payment. */
export class CableTap implements PortListener {
  readonly #terminal: PortListener;
  readonly #pull: () => void;
  /** Everything that came over the line. */
  readonly heard: number[] = [];
  #moment: CableMoment | undefined;
  #frame: number[] | undefined;
  #frameHeard = false;
  #answerWritten = false;

  constructor(terminal: PortListener, pull: () => void) {
    this.#terminal = terminal;
    this.#pull = pull;
  }

  pullAt(moment: CableMoment): void {
    this.#moment = moment;
  }

  /** The moment has come. */
  get hasPulled(): boolean {
    return this.#moment === undefined;
  }

  opened(line: Line): void {
    this.#frame = undefined;
    this.#frameHeard = false;
    this.#answerWritten = false;
    this.#terminal.opened({
      write: (bytes, handedOver) => this.#write(line, bytes, handedOver),
      close: () => line.close(),
    });
  }

  bytes(bytes: Uint8Array): void {
    for (const byte of bytes) {
      this.heard.push(byte);
      if (this.#hear(byte)) return;
    }
  }

  closed(reason: string): void {
    this.#terminal.closed(reason);
  }

  /** True once the cable is out: what would follow does not come. */
  #hear(byte: number): boolean {
    if (this.#frame !== undefined) this.#hearFrame(byte, this.#frame);
    else if (byte === ENQ && this.#isNow('enquiry')) return true;
    else if (byte === EOT && this.#frameHeard && this.#isNow('customer pays')) return true;
    else if (byte === ACK && this.#answerWritten && this.#isNow('answer acknowledged')) return true;
    else if (byte === STX) this.#frame = [];
    this.#terminal.bytes(Uint8Array.of(byte));
    return byte === STX && this.#isNow('first byte of the frame');
  }

  #hearFrame(byte: number, frame: number[]): void {
    frame.push(byte);
    if (frame.at(-2) !== ETX) return;
    this.#frame = undefined;
    this.#frameHeard = true;
  }

  #write(line: Line, bytes: Uint8Array, handedOver?: () => void): void {
    if (bytes[0] === ACK && this.#frameHeard && this.#isNow('frame taken')) return;
    if (bytes[0] === STX) {
      this.#answerWritten = true;
      if (this.#moment === 'half of the answer') {
        line.write(bytes.subarray(0, bytes.length / 2));
        setTimeout(() => this.#isNow('half of the answer'), HALF_AN_ANSWER_MS);
        return;
      }
    }
    line.write(bytes, handedOver);
  }

  #isNow(moment: CableMoment): boolean {
    if (this.#moment !== moment) return false;
    this.#moment = undefined;
    this.#pull();
    return true;
  }
}
