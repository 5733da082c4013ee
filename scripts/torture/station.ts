import type { Clock } from '@hipay-ecr/shared/clock.ts';
import { Ledger } from '@hipay-ecr/simulator/terminal/ledger.ts';
import type { SimulatedTerminal } from '@hipay-ecr/simulator/terminal/simulated-terminal.ts';
import { createEngine } from '../../packages/service/src/engine.ts';
import { factsOf } from '../../packages/service/src/journal/read-payment.ts';
import { fold } from '../../packages/service/src/payments/fold.ts';
import type { Payment } from '../../packages/service/src/payments/payment.ts';
import type { Journal } from '../../packages/service/src/payments/ports.ts';
import { Cable } from './cable.ts';
import { Dice } from './dice.ts';
import type { History } from './history.ts';
import { logInto } from './kept-log.ts';
import { LiveChecks } from './live-checks.ts';
import { MortalClock } from './mortal-clock.ts';
import { type CrashMoment, type Plan, type StationPlan, type Trouble, troublesAt } from './plan.ts';
import { plannedTerminal } from './planned-terminal.ts';
import { reachedGateway } from './reached-gateway.ts';
import { stationConfig } from './station-config.ts';
import type { Process } from './station-process.ts';
import { TorturedDisk } from './tortured-disk.ts';
import type { TorturedGateway } from './tortured-gateway.ts';

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

const MOST_PAYMENTS = 1_000;
/** What keeps the service up tries again after this where it could not start. */
const START_AGAIN_MS = 2_000;

/** A terminal, its cable, a disk, and the service between them, which dies and comes back. */
export class Station {
  readonly number: number;
  readonly plan: StationPlan;
  readonly disk: TorturedDisk;
  readonly cable: Cable;
  readonly ledger = new Ledger();
  readonly terminal: SimulatedTerminal;
  readonly checks: LiveChecks;
  readonly log: string[] = [];
  /** Undefined while the service is down. */
  process: Process | undefined;
  /** How many tills and people wait for an answer right now. */
  asking = 0;
  readonly #rooms: StationRooms;
  readonly #dice: Dice;
  readonly #crashes: Crash[];
  #payments = 0;
  #bootedAtMs = 0;

  constructor(rooms: StationRooms) {
    const { plan, station, clock, history, used } = rooms;
    const dice = new Dice(plan.seed * 31 + station);
    const of = <Kind extends Trouble['kind']>(...kinds: Kind[]) => troublesAt(station, plan, kinds);
    this.#rooms = rooms;
    this.#dice = dice;
    this.#crashes = of('crash');
    this.number = station;
    this.plan = plan.stations[station] as StationPlan;
    const troubles = of('disk', 'slow_disk', 'slow_asking', 'stalled_disk', 'crash');
    this.disk = new TorturedDisk({ clock, troubles, used, crash: (trouble) => this.crashOnce(trouble) });
    const isAwaited = () => this.asking > 0 || this.process?.engine.desk.busy === true;
    this.checks = new LiveChecks(station, history, { clock, synced: () => this.disk.store, isAwaited });
    const faults = { bytes: of('wire'), holds: of('stuck_line', 'slow_line'), unheard: of('unheard_ack') };
    this.cable = new Cable(
      {
        ...{ station, clock, history, used, faults },
        writing: (written) => this.checks.wrote(written),
        passed: (fits) => this.#crashAt(fits),
      },
      () => this.terminal,
    );
    const cable = { unplug: () => this.cable.unplug(), replug: () => this.cable.plugIn() };
    this.terminal = plannedTerminal({
      ...{ station, clock, history, ledger: this.ledger, dice, cable, plan: this.plan, used },
    });
    this.cable.plugIn();
  }

  async start(): Promise<void> {
    const { clock, history, gateway, tamper } = this.#rooms;
    const mortal = new MortalClock(clock, this.#bootedAtMs);
    const isAlive = () => this.process?.clock === mortal;
    const journal = this.disk.journal(mortal, {
      committed: (paymentId, facts, bytesMasked) => {
        if (isAlive()) history.add(this.number, { kind: 'committed', paymentId, facts, bytesMasked });
      },
      failed: () => isAlive() && history.add(this.number, { kind: 'commit_failed' }),
    });
    const engine = createEngine({
      config: stationConfig(this.plan),
      journal: tamper?.(journal) ?? journal,
      gateway: reachedGateway({ station: this.number, clock, gateway, history, checks: this.checks, isAlive }),
      clock: mortal,
      log: logInto(this.log),
      newPaymentId: () => `01TORTURE${this.number}${String(++this.#payments).padStart(16, '0')}`,
      newToken: () => this.#dice.digits(10),
      random: () => this.#dice.throw(),
      openLine: (_settings, listener) => this.cable.open(listener, isAlive),
    });
    this.process = { engine, clock: mortal, startedMs: clock.monotonicMs(), connected: new Set() };
    history.add(this.number, { kind: 'started' });
    this.checks.restarted();
    this.asking = 0;
    try {
      await engine.start();
    } catch {
      if (isAlive()) this.crash({ unsynced: 'lost', downMs: START_AGAIN_MS, reboots: false });
    }
  }

  /** The process is gone, as by SIGKILL or with the power. */
  crash({ unsynced, downMs, reboots }: Pick<Crash, 'unsynced' | 'downMs' | 'reboots'>): void {
    if (this.process === undefined) return;
    if (reboots) this.#bootedAtMs = this.#rooms.clock.uptimeMs() + downMs / 2;
    this.#rooms.history.add(this.number, { kind: 'crashed' });
    if (reboots) this.#rooms.used('crash with the machine');
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
    this.#rooms.used('restart');
    this.#end(undefined);
    this.#rooms.clock.after(downMs, () => void this.start());
  }

  /** As the disk has them. */
  payments(): Payment[] {
    const { store } = this.disk;
    const paymentIds = store.paymentIdsAfter('', MOST_PAYMENTS);
    return paymentIds.flatMap((paymentId) => fold(factsOf(store, paymentId)) ?? []);
  }

  /** The orphans that nobody has acknowledged, as the disk has them. */
  openOrphans(): number[] {
    const all = { fromMs: 0, toMs: Number.MAX_SAFE_INTEGER, limit: MOST_PAYMENTS, skip: 0 };
    return this.disk.store.orphans({ ...all, onlyOpen: true }).map(({ orphan }) => orphan.seq);
  }

  /** No more faults from now on: on the disk, on the wire, in the cable, at the terminal. */
  heal(): void {
    this.#crashes.length = 0;
    this.disk.heal();
    this.cable.heal();
    this.terminal.forgetNext();
  }

  /** Whoever is connected to this process hears its end. */
  whenEnds(process: Process, act: () => void): () => void {
    process.connected.add(act);
    return () => process.connected.delete(act);
  }

  #end(unsynced: Crash['unsynced'] | undefined): void {
    const { process } = this;
    process?.clock.stop();
    this.process = undefined;
    this.cable.close();
    const unheard = this.disk.crash(unsynced);
    if (unheard !== undefined) this.#rooms.history.add(this.number, { kind: 'answer_found', ...unheard });
    for (const broken of process?.connected ?? []) broken();
  }

  #crashAt(fits: (moment: CrashMoment) => boolean): void {
    const due = this.#crashes.find(({ moment }) => fits(moment));
    if (due !== undefined) this.crashOnce(due);
  }

  /** By this trouble, unless it has struck already. */
  crashOnce(trouble: Crash): void {
    const at = this.#crashes.indexOf(trouble);
    if (at === -1) return;
    this.#crashes.splice(at, 1);
    const { moment } = trouble;
    const where = { time: 'a time', line: 'a byte', commit: '' }[moment.kind];
    this.#rooms.used(`crash at ${moment.kind === 'commit' ? `commit: ${moment.point}` : where}`);
    this.crash(trouble);
  }
}
