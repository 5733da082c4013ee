import type { Cancel, Clock } from '@hipay-ecr/shared/clock.ts';
import { ENQ, EOT, ETX, STX } from '@hipay-ecr/shared/concert/control.ts';
import { isDataByte, lrcOf, sameBytes } from '@hipay-ecr/shared/concert/frame.ts';
import { withEvenParity } from '@hipay-ecr/shared/concert/line-parity.ts';

/** What the terminal itself decides about what it hears. */
export interface GateRules {
  /** Whether an ENQ is heard now; one that is not gets no ACK. */
  hearsEnquiry(): boolean;
  /** Whether a whole request is taken; else it gets NAK. `evenParity`: each of its bytes came with the right parity bit. */
  takesFrame(data: Uint8Array, evenParity: boolean): boolean;
  /** A request begins: how it ends, and whether it is ever whole, is not known yet. */
  requestBegun(): void;
  /** ENQ was acknowledged, and EOT came: somebody asked whether we are there. */
  presenceTested(): void;
  /** A request got NAK, and EOT came: the register knows, and gives up. */
  refusalHeard(): void;
}

/** Bytes that stop in the middle of a frame go on to the link, whose business broken frames are. */
const STALL_MS = 200;

/**
 * Stands before the link and keeps from it what the scenario wants unheard: an ENQ while busy, a whole frame that is to
 * get NAK. A frame is held until it is whole; all else passes, so that the link does its own work on it.
 */
export class RequestGate {
  readonly #clock: Clock;
  readonly #rules: GateRules;
  readonly #pass: (bytes: Uint8Array) => void;
  readonly #refuse: () => void;
  #held: number[] = [];
  #last: 'enquiry' | 'refusal' | 'other' = 'other';
  #cancelStall: Cancel = () => {};

  constructor(clock: Clock, rules: GateRules, pass: (bytes: Uint8Array) => void, refuse: () => void) {
    this.#clock = clock;
    this.#rules = rules;
    this.#pass = pass;
    this.#refuse = refuse;
  }

  bytes(bytes: Uint8Array): void {
    for (const byte of bytes) this.#byte(byte);
    this.#cancelStall();
    if (this.#held.length > 0) this.#cancelStall = this.#clock.after(STALL_MS, () => this.#letGo());
  }

  close(): void {
    this.#cancelStall();
    this.#held = [];
  }

  #byte(raw: number): void {
    const byte = raw & 0x7f;
    const lastHeld = this.#held.at(-1);
    if (lastHeld !== undefined && (lastHeld & 0x7f) === ETX) {
      this.#whole(raw);
    } else if (lastHeld !== undefined && (byte === ETX || isDataByte(byte))) {
      this.#held.push(raw);
    } else {
      this.#letGo();
      this.#outside(raw, byte);
    }
  }

  #outside(raw: number, byte: number): void {
    if (byte === STX) {
      this.#rules.requestBegun();
      this.#held = [raw];
      return;
    }
    if (byte === ENQ && !this.#rules.hearsEnquiry()) return;
    if (byte === EOT && this.#last === 'enquiry') this.#rules.presenceTested();
    if (byte === EOT && this.#last === 'refusal') this.#rules.refusalHeard();
    this.#last = byte === ENQ ? 'enquiry' : 'other';
    this.#pass(Uint8Array.of(raw));
  }

  #whole(lrc: number): void {
    const frame = Uint8Array.of(...this.#held, lrc);
    const data = frame.slice(1, -2).map((byte) => byte & 0x7f);
    const intact = lrcOf(data) === (lrc & 0x7f);
    const evenParity = sameBytes(frame, withEvenParity(frame));
    this.#last = 'other';
    if (intact && !this.#rules.takesFrame(data, evenParity)) {
      this.#last = 'refusal';
      this.#held = [];
      this.#refuse();
      return;
    }
    this.#held = [...frame];
    this.#letGo();
  }

  #letGo(): void {
    const held = Uint8Array.from(this.#held);
    this.#held = [];
    if (held.length > 0) this.#pass(held);
  }
}
