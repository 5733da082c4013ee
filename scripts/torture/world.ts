import { pause } from '@hipay-ecr/shared/clock.ts';
import { ManualClock } from '@hipay-ecr/shared/manual-clock.ts';
import type { Charge } from '@hipay-ecr/simulator/terminal/ledger.ts';
import type { Journal } from '../../packages/service/src/payments/ports.ts';
import type { Resolution } from '../../packages/service/src/payments/resolution.ts';
import { History } from './history.ts';
import { resolutionOf } from './operator.ts';
import type { Plan, SalePlan, Trouble } from './plan.ts';
import { Station } from './station.ts';
import { SECRETS } from './station-config.ts';
import { TillAtSale } from './till.ts';
import { TorturedGateway } from './tortured-gateway.ts';

export interface WorldOptions {
  /** Puts a planted fault between the engine and its journal. */
  tamper?: (journal: Journal) => Journal;
}

const OPERATOR_TRIES = 4;
const OPERATOR_PAUSE_MS = 12_000;

/** Everything of one run that can be touched: the stations, HiPay, and the time that they share. */
export class World {
  readonly plan: Plan;
  readonly clock = new ManualClock();
  readonly history: History;
  readonly gateway: TorturedGateway;
  readonly stations: Station[];
  /** How often each kind of fault has really happened. */
  readonly used = new Map<string, number>();

  #selling = 0;

  constructor(plan: Plan, options: WorldOptions = {}) {
    this.plan = plan;

    this.history = new History(this.clock);
    const used = (kind: string) => this.#used(kind);
    this.gateway = new TorturedGateway(this.clock, SECRETS.hipayHashKey, (kind) => used(`gateway: ${kind}`));
    const { clock, history, gateway } = this;
    this.stations = plan.stations.map(
      (_, station) => new Station({ plan, station, clock, history, gateway, used, tamper: options.tamper }),
    );
  }

  /** Switches everything on and sets what the plan says for its time. */
  async begin(): Promise<void> {
    for (const sale of this.plan.sales) this.#at(sale.atMs, () => void this.sell(sale));
    for (const trouble of this.plan.troubles) {
      if ('atMs' in trouble) this.#at(trouble.atMs, () => this.#strike(trouble));
      if (trouble.kind === 'crash' && trouble.moment.kind === 'time') {
        this.#at(trouble.moment.atMs, () => this.stations[trouble.station]?.crash(trouble));
      }
    }
    for (const station of this.stations) void station.start();
    await this.settle();
  }

  async sell(sale: SalePlan): Promise<void> {
    const station = this.stations[sale.station];
    if (station === undefined) return;
    this.#selling += 1;
    await new TillAtSale(sale, { station, clock: this.clock, history: this.history }).sell();
    this.#selling -= 1;
  }

  /** Nobody sells, no service is at a payment, no terminal has a customer. */
  get isQuiet(): boolean {
    return (
      this.#selling === 0 &&
      this.stations.every(
        ({ process, terminal }) => process !== undefined && !process.engine.desk.busy && !terminal.inTransaction,
      )
    );
  }

  /** No more faults from now on. */
  heal(): void {
    this.gateway.heal();
    for (const station of this.stations) station.heal();
  }

  /** Lets everything that is ready happen; time stands still. Only promises are left to do, and these leave no turn undone. */
  settle(): Promise<void> {
    return new Promise((resolve) => setImmediate(resolve));
  }

  /** Lets time pass, each timer at its own moment, until `isOver` says so or `forMs` have passed. Tells whether it was over. */
  async pass(forMs: number, isOver: () => boolean | Promise<boolean> = () => false): Promise<boolean> {
    const untilMs = this.clock.monotonicMs() + forMs;
    for (;;) {
      await this.settle();
      if (await isOver()) return true;
      const nextMs = this.clock.untilNextMs;
      if (nextMs === undefined || this.clock.monotonicMs() + nextMs > untilMs) break;
      this.clock.step();
    }
    this.clock.advance(untilMs - this.clock.monotonicMs());
    return isOver();
  }

  /** Which payment each charge of a station was made for: that of the frame which the terminal took. */
  chargesOf(station: number): { charge: Charge; paymentId: string | undefined }[] {
    const frames = new Map(
      this.history
        .of('frame_taken')
        .flatMap((taken) => (taken.station === station ? [[taken.frameNumber, taken.paymentId]] : [])),
    );
    const charges = this.stations[station]?.ledger.charges ?? [];
    return charges.map((charge) => ({ charge, paymentId: frames.get(charge.frameNumber) }));
  }

  #at(atMs: number, act: () => void): void {
    this.clock.after(atMs, act);
  }

  #strike(trouble: Extract<Trouble, { atMs: number }>): void {
    const station = 'station' in trouble ? this.stations[trouble.station] : undefined;
    switch (trouble.kind) {
      case 'noise':
        station?.cable.noise(trouble.to, trouble.byte);
        break;
      case 'cut':
        station?.cable.unplug();
        this.#at(trouble.outMs, () => station?.cable.plugIn());
        break;
      case 'restart':
        void station?.restart(trouble.downMs);
        break;
      case 'gateway':
        this.#note(`HiPay: ${JSON.stringify(trouble.fault)} for ${trouble.forMs} ms`);
        this.gateway.fail(trouble.fault, trouble.forMs);
        break;
      case 'wall_clock':
        this.#note(`the wall clock jumps by ${trouble.byMs} ms`);
        this.#used('wall clock');
        this.clock.setWall(this.clock.nowMs() + trouble.byMs);
        break;
      case 'sleep':
        this.#note(`the machines sleep for ${trouble.forMs} ms`);
        this.#used('sleep');
        this.clock.sleep(trouble.forMs);
        break;
      case 'operator':
        void this.#operate(station, trouble.lies);
        break;
    }
  }

  #note(what: string): void {
    this.history.add(0, { kind: 'trouble', what });
  }

  #used(kind: string): void {
    this.used.set(kind, (this.used.get(kind) ?? 0) + 1);
  }

  /** A person looks at what is unknown, and says of each payment what the tickets say, or the contrary; and at each orphan. */
  async #operate(station: Station | undefined, lies: boolean): Promise<void> {
    if (station === undefined) return;
    const charges = this.chargesOf(station.number);
    for (const payment of station.payments()) {
      const charge = charges.find((one) => one.charge.approved && one.paymentId === payment.paymentId)?.charge;
      if (payment.state !== 'unknown') continue;
      const resolution = resolutionOf(payment, charge, station, lies);
      if (resolution !== undefined) await this.#say(station, payment.paymentId, resolution, lies);
    }
    for (const orphanId of station.openOrphans()) {
      const word = { note: 'read on the ticket', by: 'Anna' };
      const end = await station.process?.engine.people.acknowledge(orphanId, word).catch(() => undefined);
      this.#used(`operator, of an orphan: ${end?.kind ?? 'not heard'}`);
    }
  }

  /** Says it again a while later where the service asks for that. A word may be on disk though nobody heard that it is. */
  async #say(station: Station, paymentId: string, resolution: Resolution, lies: boolean): Promise<void> {
    const { outcome } = resolution;
    this.history.add(station.number, { kind: 'settled', paymentId, outcome, lies });
    for (let tries = 0; tries < OPERATOR_TRIES; tries += 1) {
      const end = await station.process?.engine.people.resolve(paymentId, resolution).catch(() => undefined);
      this.#used(`operator: ${end?.kind ?? 'not heard'}${lies ? ' (a lie)' : ''}`);
      if (end !== undefined && !(end.kind === 'declined' && end.againAtMs !== undefined)) return;
      await pause(this.clock, OPERATOR_PAUSE_MS);
    }
  }
}
