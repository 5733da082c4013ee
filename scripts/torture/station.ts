import type { Clock } from '@hipay-ecr/shared/clock.ts';
import { STX } from '@hipay-ecr/shared/concert/control.ts';
import type { Line, LineListener } from '@hipay-ecr/shared/concert/line.ts';
import { maskedData } from '@hipay-ecr/shared/concert/payment-reply.ts';
import { Ledger } from '@hipay-ecr/simulator/terminal/ledger.ts';
import { SimulatedTerminal } from '@hipay-ecr/simulator/terminal/simulated-terminal.ts';
import type { TerminalEvent } from '@hipay-ecr/simulator/terminal/terminal-event.ts';
import { createEngine, type Engine } from '../../packages/service/src/engine.ts';
import { factsOf } from '../../packages/service/src/journal/read-payment.ts';
import { fold } from '../../packages/service/src/payments/fold.ts';
import type { Payment } from '../../packages/service/src/payments/payment.ts';
import type { HipayGateway, Journal } from '../../packages/service/src/payments/ports.ts';
import { Dice } from './dice.ts';
import type { History } from './history.ts';
import { LineTap } from './line-tap.ts';
import { LiveChecks } from './live-checks.ts';
import { MortalClock } from './mortal-clock.ts';
import type { Plan, StationPlan, Trouble } from './plan.ts';
import { stationConfig } from './station-config.ts';
import { TorturedDisk } from './tortured-disk.ts';
import type { TorturedGateway } from './tortured-gateway.ts';
import { TorturedWire } from './tortured-wire.ts';

export interface StationRooms {
  plan: Plan;
  station: number;
  clock: Clock;
  history: History;
  gateway: TorturedGateway;
  /** A planted fault stands between the engine and its journal here. */
  tamper: ((journal: Journal) => Journal) | undefined;
  used(kind: string): void;
}

type Crash = Extract<Trouble, { kind: 'crash' }>;
type Of<Kind extends Trouble['kind']> = Extract<Trouble, { kind: Kind }>;

/** One service and what dies with it. */
export interface Process {
  engine: Engine;
  clock: MortalClock;
  startedMs: number;
  connected: Set<() => void>;
}

const DEVICE = { port: '/dev/ttyACM0', identity: 'usb-Ingenico_1' };
const CHARGE_LETTERS = 'ABCDEFGHJKMNPQRSTVWXYZ';

/** A terminal, its cable, a disk, and the service between them, which dies and comes back; all else stays. */
export class Station {
  readonly number: number;
  readonly plan: StationPlan;
  readonly disk: TorturedDisk;
  readonly ledger = new Ledger();
  readonly terminal: SimulatedTerminal;
  readonly wire: TorturedWire;
  readonly checks: LiveChecks;
  readonly log: string[] = [];
  /** Undefined while the service is down. */
  process: Process | undefined;
  readonly #rooms: StationRooms;
  readonly #dice: Dice;
  readonly #crashes: Crash[];
  #tap = new LineTap();
  #bytesOf = { wrote: 0, heard: 0, transfer: 0 };
  #payments = 0;
  #bootedAtMs = 0;
  #isPluggedIn = true;
  #answering: string | undefined;

  constructor(rooms: StationRooms) {
    const { plan, station, clock, history, used } = rooms;
    this.#rooms = rooms;
    this.number = station;
    this.plan = plan.stations[station] as StationPlan;
    this.#dice = new Dice(plan.seed * 31 + station);
    const mine = plan.troubles.filter((trouble) => 'station' in trouble && trouble.station === station);
    const of = <Kind extends Trouble['kind']>(...kinds: Kind[]) =>
      mine.filter((trouble): trouble is Of<Kind> => (kinds as string[]).includes(trouble.kind));
    this.#crashes = of('crash');
    this.disk = new TorturedDisk({
      troubles: of('disk', 'slow_disk', 'crash'),
      crash: (trouble) => this.#crashOnce(trouble),
      used,
    });
    this.checks = new LiveChecks(
      station,
      history,
      () => clock.monotonicMs(),
      () => this.disk.store,
    );
    this.wire = new TorturedWire(clock, of('wire'), ({ kind }) => {
      used(`wire: ${kind}`);
      history.add(station, { kind: 'trouble', what: `a byte is ${kind}` });
    });
    this.terminal = new SimulatedTerminal({
      clock,
      ledger: this.ledger,
      privateField: this.plan.privateField,
      answerSessions: this.plan.answerSessions,
      delays: { paymentMs: this.plan.customerMs, slowPaymentMs: 30_000, unpluggedMs: 10_000 },
      cable: { unplug: () => this.unplug(), replug: () => this.plugIn() },
      happened: (event) => this.#terminalHappened(event),
      newChargeId: () => Array.from({ length: 10 }, () => this.#dice.pick([...CHARGE_LETTERS])).join(''),
    });
    this.terminal.next(...this.plan.customers);
    this.terminal.opened(this.wire.wire.open('right', this.terminal));
  }

  get isUp(): boolean {
    return this.process !== undefined;
  }

  async start(): Promise<void> {
    const { clock, history, gateway, tamper } = this.#rooms;
    const mortal = new MortalClock(clock, this.#bootedAtMs);
    const isAlive = () => this.process?.clock === mortal;
    const journal = this.disk.journal(mortal, (paymentId, facts, bytesMasked) => {
      if (isAlive()) history.add(this.number, { kind: 'committed', paymentId, facts, bytesMasked });
    });
    const engine = createEngine({
      config: stationConfig(this.plan),
      journal: tamper?.(journal) ?? journal,
      gateway: this.#gatewayFor(gateway, isAlive),
      clock: mortal,
      log: this.#log(),
      newPaymentId: () => `01TORTURE${this.number}${String(++this.#payments).padStart(16, '0')}`,
      newToken: () => this.#dice.digits(10),
      random: () => this.#dice.throw(),
      openLine: (_settings, listener) => this.#openLine(listener, isAlive),
    });
    this.#tap = new LineTap();
    this.process = { engine, clock: mortal, startedMs: clock.monotonicMs(), connected: new Set() };
    history.add(this.number, { kind: 'started' });
    this.checks.restarted();
    await engine.start();
  }

  /** The process is gone, as by SIGKILL or with the power. */
  crash({ unsynced, downMs, reboots }: Pick<Crash, 'unsynced' | 'downMs' | 'reboots'>): void {
    if (this.process === undefined) return;
    if (reboots) this.#bootedAtMs = this.#rooms.clock.uptimeMs() + downMs / 2;
    this.#rooms.history.add(this.number, { kind: 'crashed' });
    this.#rooms.used('crash');
    this.#end(unsynced);
    this.#rooms.clock.after(downMs, () => void this.start());
  }

  /** A gentle end: what is under way goes first. */
  async restart(downMs: number): Promise<void> {
    const { process } = this;
    if (process === undefined) return;
    await process.engine.desk.stop().over;
    if (this.process !== process) return;
    await process.engine.stop();
    if (this.process !== process) return;
    this.#rooms.history.add(this.number, { kind: 'stopped' });
    this.#end(undefined);
    this.#rooms.clock.after(downMs, () => void this.start());
  }

  /** As the disk has it. */
  payment(paymentId: string): Payment | undefined {
    return fold(factsOf(this.disk.store, paymentId));
  }

  /** No more faults from now on: on the disk, on the wire, in the cable, at the terminal. */
  heal(): void {
    this.#crashes.length = 0;
    this.disk.heal();
    this.wire.heal();
    this.plugIn();
    this.terminal.forgetNext();
  }

  unplug(): void {
    if (!this.#isPluggedIn) return;
    this.#isPluggedIn = false;
    this.#rooms.used('cut');
    this.#rooms.history.add(this.number, { kind: 'cut' });
    this.wire.wire.cut('the cable was pulled');
  }

  plugIn(): void {
    if (this.#isPluggedIn) return;
    this.#isPluggedIn = true;
    this.#rooms.history.add(this.number, { kind: 'plugged' });
    this.terminal.opened(this.wire.wire.open('right', this.terminal));
  }

  /** A byte that nobody sent. */
  noise(to: 'left' | 'right', byte: number): void {
    if (!this.#isPluggedIn || !this.wire.spendOnNoise()) return;
    this.#rooms.used('wire: noise');
    this.#rooms.history.add(this.number, { kind: 'trouble', what: `noise: byte ${byte} to the ${to}` });
    if (to === 'right') this.terminal.bytes(Uint8Array.of(byte));
    else this.#toLeft?.(Uint8Array.of(byte));
  }

  #toLeft: ((bytes: Uint8Array) => void) | undefined;

  /** Whoever is connected to this process hears its end. */
  whenEnds(process: Process, act: () => void): () => void {
    process.connected.add(act);
    return () => process.connected.delete(act);
  }

  #end(unsynced: Crash['unsynced'] | undefined): void {
    const { process } = this;
    process?.clock.die();
    this.process = undefined;
    this.#closeLine();
    this.disk.crash(unsynced);
    for (const broken of process?.connected ?? []) broken();
  }

  #closeLine: () => void = () => {};

  async #openLine(listener: LineListener, isAlive: () => boolean): Promise<{ line: Line; device: typeof DEVICE }> {
    if (!isAlive() || !this.#isPluggedIn) throw new Error('there is no /dev/ttyACM0');
    const { clock, history } = this.#rooms;
    const hear = (bytes: Uint8Array) => {
      if (!isAlive()) return;
      for (const byte of bytes) this.#tap.hear(byte, clock.monotonicMs());
      history.add(this.number, { kind: 'heard', bytes });
      this.#crashAtByte('heard', bytes.length);
      if (isAlive()) listener.bytes(bytes);
    };
    const line = this.wire.wire.open('left', { bytes: hear, closed: (reason) => isAlive() && listener.closed(reason) });
    this.#toLeft = hear;
    this.#closeLine = () => {
      this.#toLeft = undefined;
      line.close();
    };
    const write: Line['write'] = (bytes, handedOver) => {
      if (!isAlive()) return;
      history.add(this.number, { kind: 'wrote', bytes });
      this.checks.wrote(this.#tap.write(bytes, clock.monotonicMs()));
      line.write(bytes, () => isAlive() && handedOver?.());
      this.#crashAtByte('wrote', bytes.length);
    };
    return { device: DEVICE, line: { write, close: this.#closeLine } };
  }

  /** Bytes are counted from 1 within each transfer. */
  #crashAtByte(side: 'wrote' | 'heard', count: number): void {
    const { transfer } = this.wire;
    if (this.#bytesOf.transfer !== transfer) this.#bytesOf = { wrote: 0, heard: 0, transfer };
    const before = this.#bytesOf[side];
    const now = before + count;
    this.#bytesOf[side] = now;
    const due = this.#crashes.find(
      ({ moment }) =>
        moment.kind === 'line' &&
        moment.side === side &&
        moment.transfer <= transfer &&
        moment.byte > before &&
        moment.byte <= now,
    );
    if (due !== undefined) this.#crashOnce(due);
  }

  #crashOnce(trouble: Crash): void {
    const at = this.#crashes.indexOf(trouble);
    if (at === -1) return;
    this.#crashes.splice(at, 1);
    this.crash(trouble);
  }

  #gatewayFor(gateway: TorturedGateway, isAlive: () => boolean): HipayGateway {
    const { history } = this.#rooms;
    const never = new Promise<never>(() => {});
    return {
      register: async (order) => {
        if (!isAlive()) return never;
        history.add(this.number, { kind: 'posted', order });
        this.checks.posted(order);
        const { paymentId } = order;
        const answer = await gateway.register(order, (hipayOrderId) =>
          history.add(this.number, { kind: 'booked', hipayOrderId, paymentId }),
        );
        return isAlive() ? answer : never;
      },
      lookUp: async (hipayOrderId) => {
        if (!isAlive()) return never;
        const answer = await gateway.lookUp(hipayOrderId);
        return isAlive() ? answer : never;
      },
    };
  }

  #log() {
    const keep = (level: string) => (message: string, fields?: Record<string, unknown>) => {
      const cause = fields?.cause instanceof Error ? fields.cause.message : undefined;
      this.log.push(`${level}: ${message} ${JSON.stringify({ ...fields, ...(cause !== undefined && { cause }) })}`);
    };
    return { error: keep('error'), warn: keep('warn'), info: keep('info'), debug: keep('debug') };
  }

  #terminalHappened(event: TerminalEvent): void {
    const { history } = this.#rooms;
    if (event.kind === 'request_taken') {
      const paymentId = history.of('frame_out').findLast(({ station }) => station === this.number)?.paymentId;
      history.add(this.number, { kind: 'frame_taken', frameNumber: event.frameNumber, paymentId });
    } else if (event.kind === 'decided') {
      this.#answering = event.charge.chargeId;
      history.add(this.number, { kind: 'charged', charge: event.charge });
    } else if (event.kind === 'line' && event.event.direction === 'out') {
      const { bytes } = event.event;
      if (bytes?.[0] !== STX || this.#answering === undefined) return;
      const bytesMasked = maskedData(bytes.slice(1, -2));
      history.add(this.number, { kind: 'answering', chargeId: this.#answering, bytesMasked });
    }
  }
}
