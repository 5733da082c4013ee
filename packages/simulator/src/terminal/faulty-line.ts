import type { Clock } from '@hipay-ecr/shared/clock.ts';
import { ENQ, NAK, STX } from '@hipay-ecr/shared/concert/control.ts';
import type { Line } from '@hipay-ecr/shared/concert/line.ts';
import { withEvenParity } from '@hipay-ecr/shared/concert/line-parity.ts';
import { type GateRules, RequestGate } from './request-gate.ts';

/** What is wrong with the line at present. Counts are used up as they happen. */
export interface LineFaults {
  /** Nothing that the register sends is heard. */
  deaf: boolean;
  /** The line is 7E1: what we send has its parity bit. */
  sevenBits: boolean;
  /** Answers that still leave with a wrong checksum. */
  spoiltAnswers: number;
  /** Stray bytes still come before the next ENQ. */
  noise: boolean;
  /** Answers travel in pieces. */
  splits: boolean;
  /** The cable goes as soon as the register reacts to the answer. */
  unplugsAfterAnswer: boolean;
}

export function noFaults(): LineFaults {
  return { deaf: false, sevenBits: false, spoiltAnswers: 0, noise: false, splits: false, unplugsAfterAnswer: false };
}

/** A break, noise on seven bits, and two controls that answer nothing. */
const NOISE = Uint8Array.of(0x00, 0x55, 0x7f, 0x04, 0x15);
/** Shorter than the 200 ms of silence by which a register may tell a frame whole. */
const PIECE_GAP_MS = 100;

/** The line under the terminal's link, with faults made on the wire, so that the link itself stays honest. */
export class FaultyLine implements Line {
  readonly #faults: LineFaults;
  readonly #clock: Clock;
  readonly #line: Line;
  readonly #gate: RequestGate;
  readonly #toLink: (bytes: Uint8Array) => void;
  readonly #unplug: () => void;
  #answered = false;

  constructor(
    clock: Clock,
    line: Line,
    faults: LineFaults,
    rules: GateRules,
    toLink: (bytes: Uint8Array) => void,
    unplug: () => void,
  ) {
    this.#faults = faults;
    this.#clock = clock;
    this.#line = line;
    this.#toLink = toLink;
    this.#unplug = unplug;
    const refuse = () => this.#send(Uint8Array.of(NAK));
    this.#gate = new RequestGate(clock, rules, (bytes) => this.#toLink(this.#asHeard(bytes)), refuse);
  }

  /** Bytes from the register. */
  bytes(bytes: Uint8Array): void {
    if (this.#answered && this.#faults.unplugsAfterAnswer) {
      this.#answered = false;
      this.#faults.unplugsAfterAnswer = false;
      this.#unplug();
    } else if (!this.#faults.deaf) {
      this.#gate.bytes(bytes);
    }
  }

  /** Bytes from the link: a control, or a whole frame. */
  write(bytes: Uint8Array, handedOver?: () => void): void {
    const first = bytes[0];
    if (first === ENQ && this.#faults.noise) {
      this.#faults.noise = false;
      this.#send(NOISE);
    }
    if (first === STX) this.#writeAnswer(bytes, handedOver);
    else this.#send(bytes, handedOver);
  }

  close(): void {
    this.#gate.close();
    this.#line.close();
  }

  #writeAnswer(bytes: Uint8Array, handedOver?: () => void): void {
    this.#answered = true;
    const frame = Uint8Array.from(bytes);
    if (this.#faults.spoiltAnswers > 0) {
      this.#faults.spoiltAnswers--;
      frame[frame.length - 1] = (frame[frame.length - 1] ?? 0) ^ 0x01;
    }
    if (this.#faults.splits) this.#sendInPieces(frame, handedOver);
    else this.#send(frame, handedOver);
  }

  /** Cut after STX, within the amount, before ETX and before the checksum. */
  #sendInPieces(frame: Uint8Array, handedOver?: () => void): void {
    const cuts = [0, 1, 8, frame.length - 2, frame.length - 1, frame.length];
    for (let piece = 0; piece + 1 < cuts.length; piece++) {
      const bytes = frame.subarray(cuts[piece], cuts[piece + 1]);
      const last = piece + 2 === cuts.length;
      this.#clock.after(piece * PIECE_GAP_MS, () => this.#send(bytes, last ? handedOver : undefined));
    }
  }

  #send(bytes: Uint8Array, handedOver?: () => void): void {
    this.#line.write(this.#faults.sevenBits ? withEvenParity(bytes) : bytes, handedOver);
  }

  /** A port set to 7E1 hands on seven bits. */
  #asHeard(bytes: Uint8Array): Uint8Array {
    return this.#faults.sevenBits ? bytes.map((byte) => byte & 0x7f) : bytes;
  }
}
