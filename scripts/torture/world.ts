import { ManualClock } from '@hipay-ecr/shared/manual-clock.ts';
import type { Journal } from '../../packages/service/src/payments/ports.ts';
import type { ChargeOf } from './charge-of.ts';
import { History } from './history.ts';
import { PeopleAtWork } from './people-at-work.ts';
import type { Plan, SalePlan, Trouble } from './plan.ts';
import { Station } from './station.ts';
import { SECRETS } from './station-config.ts';
import { TillAtSale } from './till.ts';
import { TorturedGateway } from './tortured-gateway.ts';

export interface WorldOptions {
  /** Puts a planted fault between the engine and its journal. */
  tamper?: (journal: Journal) => Journal;
}

/** Everything of one run that can be touched: the stations, HiPay, and the time that they share. */
export class World {
  readonly plan: Plan;
  readonly clock = new ManualClock();
  readonly history: History;
  readonly gateway: TorturedGateway;
  readonly stations: Station[];
  /** How often each kind of fault has really happened. */
  readonly used = new Map<string, number>();

  readonly #people: PeopleAtWork;
  #selling = 0;

  constructor(plan: Plan, options: WorldOptions = {}) {
    this.plan = plan;

    this.history = new History(this.clock);
    const used = (kind: string) => this.#used(kind);
    this.gateway = new TorturedGateway(this.clock, SECRETS.hipayHashKey, (kind) => used(`gateway: ${kind}`));
    const { clock, history, gateway } = this;
    this.#people = new PeopleAtWork({ clock, history, gateway, used, chargesOf: (station) => this.chargesOf(station) });
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
        this.#at(trouble.moment.atMs, () => this.stations[trouble.station]?.crashOnce(trouble));
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
  chargesOf(station: number): ChargeOf[] {
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
        this.#used(trouble.byMs > 0 ? 'wall clock on' : 'wall clock back');
        this.clock.setWall(this.clock.nowMs() + trouble.byMs);
        break;
      case 'sleep':
        this.#note(`the machines sleep for ${trouble.forMs} ms`);
        this.#used('sleep');
        this.clock.sleep(trouble.forMs);
        break;
      case 'operator':
        if (station !== undefined)
          void this.#people.settle(station, trouble.lies).then(() => this.#people.acknowledge(station));
        break;
      case 'resend':
        if (station !== undefined) void this.#people.resend(station);
        break;
    }
  }

  #note(what: string): void {
    this.history.add(0, { kind: 'trouble', what });
  }

  #used(kind: string): void {
    this.used.set(kind, (this.used.get(kind) ?? 0) + 1);
  }
}
