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
  /** So many ACKs of answers do not arrive. */
  unheardAcks: number;
  used(kind: string): void;
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
  #unheardAcks: number;

  static async start(rooms: TorturedTerminalRooms): Promise<TorturedTerminal> {
    const terminal = new TorturedTerminal(rooms);
    terminal.#port = await openPtyPort({ link: rooms.link }, terminal);
    return terminal;
  }

  private constructor(rooms: TorturedTerminalRooms) {
    const { clock, plan, happened, used } = rooms;
    this.#rooms = rooms;
    this.#unheardAcks = rooms.unheardAcks;
    this.#terminal = new SimulatedTerminal({
      ...{ clock, ledger: this.ledger },
      happened: (event) => {
        if (event.kind === 'owed_answer_brought') used(`terminal: owes, ${event.when}`);
        happened(event);
      },
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
    const arriving = bytes.filter((byte) => this.#hear(byte & 0x7f));
    if (arriving.length > 0) this.#terminal.bytes(arriving);
  }

  closed(reason: string): void {
    this.#terminal.closed(reason);
  }

  /** What the service wrote; false where it is lost on the way. */
  #hear(byte: number): boolean {
    const { moments, heard } = this.#rooms;
    if (this.#frame !== undefined) {
      this.#frame.push(byte);
      if (this.#frame.at(-2) !== ETX) return true;
      heard(Uint8Array.from(this.#frame));
      this.#frame = undefined;
      return true;
    }
    if (byte === STX) {
      this.#frame = [STX];
      moments.reach('frame');
      return true;
    }
    heard(Uint8Array.of(byte));
    if (byte === ENQ) moments.reach('enquiry');
    return byte !== ACK || this.#hearAck();
  }

  #hearAck(): boolean {
    const { moments, used } = this.#rooms;
    const isOfAnswer = this.#lastWritten === 'frame';
    if (this.#lastWritten === 'enquiry') moments.reach('answer_enquiry_acked');
    if (isOfAnswer) moments.reach('answer_acked');
    this.#lastWritten = 'other';
    if (!isOfAnswer || this.#unheardAcks === 0) return true;
    this.#unheardAcks -= 1;
    used('line: our ACK of an answer is lost');
    return false;
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
