import { rmSync } from 'node:fs';
import type { Clock } from '@hipay-ecr/shared/clock.ts';
import { ACK, ENQ, ETX, STX } from '@hipay-ecr/shared/concert/control.ts';
import type { Line } from '@hipay-ecr/shared/concert/line.ts';
import { openPtyPort } from '@hipay-ecr/simulator/lines/pty-port.ts';
import type { PortListener, TerminalPort } from '@hipay-ecr/simulator/lines/terminal-port.ts';
import { Ledger } from '@hipay-ecr/simulator/terminal/ledger.ts';
import { SimulatedTerminal } from '@hipay-ecr/simulator/terminal/simulated-terminal.ts';
import type { TerminalEvent } from '@hipay-ecr/simulator/terminal/terminal-event.ts';
import type { StationPlan } from '../torture/plan.ts';
import type { Moments } from './moments.ts';

export interface TorturedTerminalRooms {
  /** The stable name of its port. */
  link: string;
  clock: Clock;
  plan: StationPlan;
  moments: Moments;
  happened(event: TerminalEvent): void;
  /** What the service wrote: a control, or a frame from STX to LRC. */
  heard(bytes: Uint8Array): void;
  /** What the terminal wrote. */
  wrote(bytes: Uint8Array): void;
  plugged(): void;
}

/** A simulated terminal on a pseudo-terminal, whose line is listened to, so that a strike hits between two bytes. */
export class TorturedTerminal implements PortListener {
  readonly ledger = new Ledger();
  readonly #rooms: TorturedTerminalRooms;
  readonly #terminal: SimulatedTerminal;
  #port: TerminalPort | undefined;
  #plugging: Promise<void> = Promise.resolve();
  /** The frame that is being heard. */
  #frame: number[] | undefined;
  /** What has been written of an answer that is not whole yet. */
  #answer: number[] = [];
  #lastWritten: 'enquiry' | 'frame' | 'other' = 'other';

  static async start(rooms: TorturedTerminalRooms): Promise<TorturedTerminal> {
    const terminal = new TorturedTerminal(rooms);
    terminal.#port = await openPtyPort({ link: rooms.link }, terminal);
    return terminal;
  }

  private constructor(rooms: TorturedTerminalRooms) {
    const { clock, plan, happened } = rooms;
    this.#rooms = rooms;
    this.#terminal = new SimulatedTerminal({
      ...{ clock, happened, ledger: this.ledger },
      privateField: plan.privateField,
      answerSessions: plan.answerSessions,
      owed: plan.owed,
      repeated: plan.repeated,
      delays: { paymentMs: plan.customerMs, unpluggedMs: 3_000 },
      cable: { unplug: () => this.unplug(), replug: () => this.plugIn() },
    });
    this.#terminal.next(...plan.customers);
  }

  get inTransaction(): boolean {
    return this.#terminal.inTransaction;
  }

  /** The customers that are still to come just pay. */
  forgetNext(): void {
    this.#terminal.forgetNext();
  }

  /** The name goes with the cable, as under /dev/serial/by-id: its old device may already be another run's. */
  unplug(): void {
    this.#port?.unplug();
    rmSync(this.#rooms.link, { force: true });
  }

  /** Two at once would plug in two cables. */
  async plugIn(): Promise<void> {
    this.#plugging = this.#plugging.then(() => this.#port?.replug());
    await this.#plugging;
  }

  async close(): Promise<void> {
    await this.#port?.close();
  }

  opened(line: Line): void {
    this.#frame = undefined;
    this.#answer = [];
    this.#rooms.plugged();
    this.#terminal.opened({
      write: (bytes, handedOver) => this.#write(line, bytes, handedOver),
      close: () => line.close(),
    });
  }

  bytes(bytes: Uint8Array): void {
    for (const byte of bytes) this.#hear(byte & 0x7f);
    this.#terminal.bytes(bytes);
  }

  closed(reason: string): void {
    this.#terminal.closed(reason);
  }

  #hear(byte: number): void {
    const { moments, heard } = this.#rooms;
    if (this.#frame !== undefined) {
      this.#frame.push(byte);
      if (this.#frame.at(-2) !== ETX) return;
      heard(Uint8Array.from(this.#frame));
      this.#frame = undefined;
      return;
    }
    if (byte === STX) {
      this.#frame = [STX];
      moments.reach('frame');
      return;
    }
    heard(Uint8Array.of(byte));
    if (byte === ENQ) moments.reach('enquiry');
    if (byte !== ACK) return;
    if (this.#lastWritten === 'enquiry') moments.reach('answer_enquiry_acked');
    if (this.#lastWritten === 'frame') moments.reach('answer_acked');
    this.#lastWritten = 'other';
  }

  #write(line: Line, bytes: Uint8Array, handedOver?: () => void): void {
    const { moments, wrote } = this.#rooms;
    const [first] = bytes;
    if (first === STX || this.#answer.length > 0) {
      this.#writeAnswer(line, bytes, handedOver);
      return;
    }
    wrote(bytes);
    line.write(bytes, handedOver);
    this.#lastWritten = first === ENQ ? 'enquiry' : 'other';
    if (first === ENQ) moments.reach('answer_enquiry');
    if (first === ACK) moments.reach(this.#terminal.inTransaction ? 'frame_acked' : 'enquiry_acked');
  }

  /** Whole or in pieces; its LRC always travels alone. */
  #writeAnswer(line: Line, bytes: Uint8Array, handedOver?: () => void): void {
    const { moments, wrote } = this.#rooms;
    this.#answer.push(...bytes);
    if (this.#answer.at(-2) !== ETX) {
      line.write(bytes, handedOver);
      return;
    }
    wrote(Uint8Array.from(this.#answer));
    this.#answer = [];
    this.#lastWritten = 'frame';
    line.write(bytes.subarray(0, -1));
    moments.reach('before_lrc');
    line.write(bytes.subarray(-1), handedOver);
    moments.reach('answer');
  }
}
