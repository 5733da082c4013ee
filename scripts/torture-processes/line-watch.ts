import { ENQ, STX } from '@hipay-ecr/shared/concert/control.ts';
import { maskedData } from '@hipay-ecr/shared/concert/payment-reply.ts';
import type { TerminalEvent } from '@hipay-ecr/simulator/terminal/terminal-event.ts';
import type { History } from '../torture/history.ts';
import { LineTap } from '../torture/line-tap.ts';

/** A request that the terminal took, by the private field that it bore. */
export interface Taken {
  atMs: number;
  frameNumber: number;
  token: string;
}

/** What is seen at the terminal's end of the line: what was asked, answered and acknowledged, and whether it may be. */
export class LineWatch {
  readonly taken: Taken[] = [];
  /** The masked bytes of each answer that got its ACK. */
  readonly acknowledged: string[] = [];
  readonly #history: History;
  readonly #nowMs: () => number;
  #tap = new LineTap();
  #charge = '';
  /** The terminal's last frame has got neither ACK nor NAK yet. */
  #isUnanswered = false;
  /** ACK of a frame, once it is kept, however late (rule 7): the terminal's next ENQ may have crossed it on the way. */
  #mayCross = false;

  constructor(history: History, nowMs: () => number) {
    this.#history = history;
    this.#nowMs = nowMs;
  }

  plugged(): void {
    this.#tap = new LineTap();
    this.#isUnanswered = false;
    this.#mayCross = false;
    this.#history.add(0, { kind: 'plugged' });
  }

  terminalWrote(bytes: Uint8Array): void {
    const [first] = bytes;
    if (first === ENQ) this.#mayCross = this.#isUnanswered;
    if (first === ENQ || first === STX) this.#isUnanswered = first === STX;
    for (const byte of bytes) this.#tap.hear(byte, this.#nowMs());
  }

  /** I8 and I16, as far as bytes that cross each other on the way let them be seen from this end. */
  serviceWrote(bytes: Uint8Array): void {
    const written = this.#tap.write(bytes, this.#nowMs());
    if (written.kind === 'nak' || (written.kind === 'ack' && typeof written.answers === 'object')) {
      this.#isUnanswered = false;
    }
    if (written.kind === 'other') {
      this.#history.breach(0, 'I16', `the line carries ${Buffer.from(bytes).toString('hex')}`);
    } else if (written.kind === 'frame' && written.proofAgeMs === undefined) {
      this.#history.breach(0, 'I8', 'a frame without a proof that the terminal is idle');
    } else if (written.kind === 'ack' && written.answers === 'nothing') {
      if (!this.#mayCross) this.#history.breach(0, 'I16', 'an ACK that answers nothing');
      this.#mayCross = false;
    } else if (written.kind === 'ack' && typeof written.answers === 'object') {
      this.acknowledged.push(written.answers.bytesMasked);
    }
  }

  terminalHappened(event: TerminalEvent): void {
    if (event.kind === 'request_taken') {
      const { frameNumber, request } = event;
      this.taken.push({ atMs: this.#nowMs(), frameNumber, token: request.privateData });
    } else if (event.kind === 'owed_answer_brought') {
      this.#charge = event.charge.chargeId;
    } else if (event.kind === 'decided') {
      this.#charge = event.charge.chargeId;
      this.#history.add(0, { kind: 'charged', charge: event.charge });
    } else if (event.kind === 'line' && event.event.direction === 'out' && event.event.bytes?.[0] === STX) {
      const bytesMasked = maskedData(event.event.bytes.slice(1, -2));
      this.#history.add(0, { kind: 'answering', chargeId: this.#charge, bytesMasked });
    }
  }
}
