import type { Clock } from '@hipay-ecr/shared/clock.ts';
import type { Line, LineListener } from '@hipay-ecr/shared/concert/line.ts';
import type { PortListener } from '@hipay-ecr/simulator/lines/terminal-port.ts';
import type { OpenedLine } from '../../packages/service/src/terminal/open-line.ts';
import { HeldLine, type HeldLineTrouble } from './held-line.ts';
import type { History } from './history.ts';
import { LineTap, type Written } from './line-tap.ts';
import type { CrashMoment, Trouble } from './plan.ts';
import { TorturedWire } from './tortured-wire.ts';
import { type UnheardAck, UnheardAcks } from './unheard-acks.ts';

export interface CableRooms {
  station: number;
  clock: Clock;
  history: History;
  faults: { bytes: Extract<Trouble, { kind: 'wire' }>[]; holds: HeldLineTrouble[]; unheard: UnheardAck[] };
  /** What is about to leave our side. */
  writing(written: Written): void;
  /** `moment` fits crashes that are planned by bytes: one more has been written or heard. */
  passed(fits: (moment: CrashMoment) => boolean): void;
  used(kind: string): void;
}

const DEVICE = { port: '/dev/ttyACM0', identity: 'usb-Ingenico_1' };

/** The cable between service and terminal, which is pulled and plugged in again, with a tap on our side of it. */
export class Cable {
  readonly #rooms: CableRooms;
  readonly #wire: TorturedWire;
  readonly #terminal: () => PortListener;
  readonly #held: HeldLine;
  readonly #unheard: UnheardAcks;
  #isPluggedIn = false;
  #tap = new LineTap();
  #bytes = { wrote: 0, heard: 0, transfer: 0 };
  #service: { hear(bytes: Uint8Array): void; line: Line } | undefined;

  constructor(rooms: CableRooms, terminal: () => PortListener) {
    const { station, clock, history, used } = rooms;
    this.#rooms = rooms;
    this.#terminal = terminal;
    this.#held = new HeldLine(clock, rooms.faults.holds, used);
    this.#unheard = new UnheardAcks(rooms.faults.unheard);
    this.#wire = new TorturedWire(clock, rooms.faults.bytes, ({ kind }) => {
      used(`wire: ${kind}`);
      history.add(station, { kind: 'trouble', what: `a byte is ${kind}` });
    });
  }

  heal(): void {
    this.#wire.heal();
    this.#held.heal();
    this.plugIn();
  }

  unplug(): void {
    if (!this.#isPluggedIn) return;
    const { station, history, used } = this.#rooms;
    this.#isPluggedIn = false;
    used('cut');
    history.add(station, { kind: 'cut' });
    this.#wire.wire.cut('the cable was pulled');
  }

  plugIn(): void {
    if (this.#isPluggedIn) return;
    this.#isPluggedIn = true;
    this.#rooms.history.add(this.#rooms.station, { kind: 'plugged' });
    const terminal = this.#terminal();
    terminal.opened(this.#wire.wire.open('right', terminal));
  }

  /** A byte that nobody sent. */
  noise(to: 'left' | 'right', byte: number): void {
    if (!this.#isPluggedIn || !this.#wire.spend()) return;
    const { station, history, used } = this.#rooms;
    used('wire: noise');
    history.add(station, { kind: 'trouble', what: `noise: byte ${byte} to the ${to}` });
    if (to === 'right') this.#terminal().bytes(Uint8Array.of(byte));
    else this.#service?.hear(Uint8Array.of(byte));
  }

  /** Our side, as a process opens it. */
  async open(listener: LineListener, isAlive: () => boolean): Promise<OpenedLine> {
    if (!isAlive() || !this.#isPluggedIn) throw new Error('there is no /dev/ttyACM0');
    const { station, clock, history, used } = this.#rooms;
    this.#tap = new LineTap();
    const hear = (bytes: Uint8Array) => {
      if (!isAlive()) return;
      for (const byte of bytes) this.#tap.hear(byte, clock.monotonicMs());
      history.add(station, { kind: 'heard', bytes });
      this.#count('heard', bytes.length);
      if (isAlive()) listener.bytes(bytes);
    };
    const closed = (reason: string) => {
      if (isAlive()) listener.closed(reason);
    };
    const line = this.#wire.wire.open('left', { bytes: hear, closed });
    this.#service = { hear, line };
    const carry = this.#held.opened(line);
    const write: Line['write'] = (bytes, handedOver) => {
      if (!isAlive()) return;
      history.add(station, { kind: 'wrote', bytes });
      const written = this.#tap.write(bytes, clock.monotonicMs());
      this.#rooms.writing(written);
      if (this.#unheard.strikes(written) && this.#wire.spend()) {
        used('line: our ACK of an answer is lost');
        history.add(station, { kind: 'trouble', what: 'our ACK is lost' });
      } else carry(bytes, () => isAlive() && handedOver?.());
      this.#count('wrote', bytes.length);
    };
    return { device: DEVICE, line: { write, close: () => this.close() } };
  }

  /** Our side is closed, by its process or by its death. */
  close(): void {
    this.#service?.line.close();
    this.#service = undefined;
  }

  /** Bytes are counted from 1 within each transfer. */
  #count(side: 'wrote' | 'heard', count: number): void {
    const { transfer } = this.#wire;
    if (this.#bytes.transfer !== transfer) this.#bytes = { wrote: 0, heard: 0, transfer };
    const before = this.#bytes[side];
    const now = before + count;
    this.#bytes[side] = now;
    this.#rooms.passed(
      (moment) =>
        moment.kind === 'line' &&
        moment.side === side &&
        moment.transfer <= transfer &&
        moment.byte > before &&
        moment.byte <= now,
    );
  }
}
