import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from '@hipay-ecr/simulator/demo/free-port.ts';
import { type SimulatedGateway, startSimulatedGateway } from '@hipay-ecr/simulator/gateway/simulated-gateway.ts';
import { StoppableClock } from '@hipay-ecr/simulator/stoppable-clock.ts';
import type { HealthReport } from '../../packages/service/src/http/health-report.ts';
import { History } from '../torture/history.ts';
import { SECRETS } from '../torture/station-config.ts';
import { configFile } from './config-file.ts';
import { Disk } from './disk.ts';
import type { Left } from './durability.ts';
import type { JournalOnDisk } from './journal-on-disk.ts';
import { LineWatch } from './line-watch.ts';
import { Moments } from './moments.ts';
import type { Act, ProcessPlan } from './plan.ts';
import { machineMs, type Pace, ScaledTime } from './scaled-time.ts';
import { ServiceLife } from './service-life.ts';
import { TillWatch } from './till-watch.ts';
import type { TorturedService } from './tortured-service.ts';
import { TorturedTerminal } from './tortured-terminal.ts';

export interface HouseSettings {
  plan: ProcessPlan;
  /** A folder of this run's own. */
  folder: string;
  speed: number;
  library: string | undefined;
  compileCache: string;
}

/** Terminal, gateway and disk, which stay, and the service among them, which comes and goes. */
export class House {
  readonly plan: ProcessPlan;
  readonly time: ScaledTime;
  readonly history: History;
  readonly tills: TillWatch;
  readonly moments: Moments;
  readonly line: LineWatch;
  readonly used = new Map<string, number>();
  localPort = 0;
  readonly #settings: HouseSettings;
  /** Of all that must not go on when the house is closed. */
  readonly #clock: StoppableClock;
  readonly #disk: Disk;
  readonly #paceFile: string;
  readonly #dataFolder: string;
  #gateway: SimulatedGateway | undefined;
  #terminal: TorturedTerminal | undefined;
  #life: ServiceLife | undefined;

  constructor(settings: HouseSettings) {
    const { plan, folder, speed, library } = settings;
    this.#settings = settings;
    this.plan = plan;
    this.#dataFolder = join(folder, 'data');
    this.#paceFile = join(folder, 'pace.json');
    mkdirSync(this.#dataFolder);
    const now = machineMs();
    this.time = new ScaledTime({ fromMs: now, isMs: now, speed });
    this.#clock = new StoppableClock(this.time);
    this.#writePace(this.time.pace);
    this.history = new History(this.time);
    this.line = new LineWatch(this.history, () => this.time.nowMs());
    this.#disk = new Disk(this.#dataFolder, folder, library);
    this.moments = new Moments(plan.strikes, (act) => this.#strike(act));
    this.tills = new TillWatch(this.history, this.moments, () => this.time.nowMs());
  }

  async open(): Promise<void> {
    const { plan, moments, time } = this;
    const { folder, compileCache } = this.#settings;
    this.#gateway = await startSimulatedGateway({
      ...{ port: 0, clock: time, hashKey: SECRETS.hipayHashKey },
      log: (line) => {
        if (line.includes(' booked: ')) moments.reach('booked');
      },
    });
    this.#terminal = await TorturedTerminal.start({
      ...{ clock: this.#clock, plan: plan.station, moments, link: join(folder, 'terminal') },
      ...{ unheardAcks: plan.unheardAcks ?? 0, used: (kind: string) => this.#count(kind) },
      happened: (event) => this.line.terminalHappened(event),
      heard: (bytes) => this.line.serviceWrote(bytes),
      wrote: (bytes) => this.line.terminalWrote(bytes),
      plugged: () => this.line.plugged(),
    });
    this.localPort = await freePort();
    const file = join(this.#dataFolder, 'config.yml');
    const { localPort } = this;
    const addresses = { serialPort: join(folder, 'terminal'), localPort, gatewayUrl: this.#gateway.url };
    writeFileSync(file, configFile(plan.station, addresses), { mode: 0o600 });
    this.#life = new ServiceLife({
      ...{ history: this.history, time, disk: this.#disk, seed: plan.seed, folder, compileCache },
      ...{ dataFolder: this.#dataFolder, configFile: file, paceFile: this.#paceFile },
      left: () => this.#left,
    });
    await this.#life.start();
  }

  get gateway(): SimulatedGateway {
    return present(this.#gateway);
  }

  get terminal(): TorturedTerminal {
    return present(this.#terminal);
  }

  get service(): TorturedService {
    return present(this.#life?.process);
  }

  /** No more faults: the disk works, the cable is in, the gateway answers, the service is up. */
  async heal(): Promise<void> {
    this.moments.end();
    this.#healDisk();
    this.gateway.faults.clear();
    this.terminal.forgetNext();
    await this.terminal.plugIn();
    await this.#life?.up();
  }

  /** All time runs faster from now on. */
  hurry(speed: number): void {
    const pace: Pace = { fromMs: machineMs(), isMs: this.time.nowMs(), speed };
    this.#writePace(pace);
    this.time.keep(pace);
    this.service.changePace();
  }

  async get<T>(path: string): Promise<T | undefined> {
    const authorization = `Basic ${Buffer.from(`till:${SECRETS.apiPassword}`).toString('base64')}`;
    const response = await fetch(`http://127.0.0.1:${this.localPort}${path}`, { headers: { authorization } }).catch(
      () => undefined,
    );
    return (await response?.json().catch(() => undefined)) as T | undefined;
  }

  health(): Promise<HealthReport | undefined> {
    return this.get<HealthReport>('/health');
  }

  /** Ends all of it; gives the journal that is left. */
  async close(): Promise<JournalOnDisk | undefined> {
    this.moments.end();
    const journal = await this.#life?.end();
    this.#clock.stop();
    await this.#terminal?.close();
    await this.#gateway?.close();
    return journal;
  }

  #strike(act: Act): void {
    this.history.add(0, { kind: 'trouble', what: JSON.stringify(act) });
    this.#count(act.kind === 'gateway' || act.kind === 'disk' ? `${act.kind}: ${act.fault.kind}` : act.kind);
    switch (act.kind) {
      case 'kill':
        this.#life?.kill(act);
        break;
      case 'stop':
        this.#life?.stop(act);
        break;
      case 'cut':
        this.terminal.unplug();
        this.history.add(0, { kind: 'cut' });
        this.#clock.after(act.outMs, () => void this.terminal.plugIn());
        break;
      case 'disk':
        this.#disk.fail(act.fault, this.#settings.speed);
        this.#clock.after(act.forMs, () => this.#healDisk());
        break;
      case 'gateway':
        this.gateway.faults.add(act.fault);
        break;
    }
  }

  get #left(): Left {
    const told = this.tills.told.map(({ body }) => body);
    const tokens = this.line.taken.map(({ token }) => token);
    return { told, tokens, frames: tokens.length, acknowledged: this.line.acknowledged, orders: this.gateway.orders() };
  }

  #healDisk(): void {
    for (const [what, times] of this.#disk.heal()) this.#count(what, times);
  }

  #count(what: string, times = 1): void {
    if (times > 0) this.used.set(what, (this.used.get(what) ?? 0) + times);
  }

  #writePace(pace: Pace): void {
    // The threads of the program read it whenever they see that it has changed.
    writeFileSync(`${this.#paceFile}.new`, JSON.stringify(pace));
    renameSync(`${this.#paceFile}.new`, this.#paceFile);
  }
}

function present<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('the house is not open yet');
  return value;
}
