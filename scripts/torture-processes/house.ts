import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pause } from '@hipay-ecr/shared/clock.ts';
import { STX } from '@hipay-ecr/shared/concert/control.ts';
import { maskedData } from '@hipay-ecr/shared/concert/payment-reply.ts';
import { freePort } from '@hipay-ecr/simulator/demo/free-port.ts';
import { type SimulatedGateway, startSimulatedGateway } from '@hipay-ecr/simulator/gateway/simulated-gateway.ts';
import { StoppableClock } from '@hipay-ecr/simulator/stoppable-clock.ts';
import type { TerminalEvent } from '@hipay-ecr/simulator/terminal/terminal-event.ts';
import type { HealthReport } from '../../packages/service/src/http/health-report.ts';
import type { PaymentResponseBody } from '../../packages/service/src/http/payment-response-body.ts';
import { Dice } from '../torture/dice.ts';
import { History, type Ring } from '../torture/history.ts';
import { LineTap } from '../torture/line-tap.ts';
import { SECRETS } from '../torture/station-config.ts';
import { configFile } from './config-file.ts';
import { Disk } from './disk.ts';
import { durabilityViolations, type Left } from './durability.ts';
import { type JournalOnDisk, readJournalOnDisk } from './journal-on-disk.ts';
import { Moments } from './moments.ts';
import type { Act, ProcessPlan } from './plan.ts';
import { machineMs, type Pace, ScaledTime } from './scaled-time.ts';
import type { Heard } from './till.ts';
import { TorturedService } from './tortured-service.ts';
import { TorturedTerminal } from './tortured-terminal.ts';

/** What a till was told of a payment. */
export interface Told {
  atMs: number;
  waitedMs: number;
  ring: Ring;
  body: PaymentResponseBody;
}

/** A request that the terminal took, by the private field that it bore. */
export interface Taken {
  atMs: number;
  frameNumber: number;
  token: string;
}

export interface HouseSettings {
  plan: ProcessPlan;
  /** A folder of this run's own. */
  folder: string;
  speed: number;
  library: string | undefined;
  compileCache: string;
}

/** A service that ended of itself is started again after this, in the run's own time, as `launch` does. */
const START_AGAIN_MS = 2_000;

/** Terminal, gateway and disk, which stay, and the service among them, which comes and goes. */
export class House {
  readonly plan: ProcessPlan;
  readonly time: ScaledTime;
  readonly history: History;
  readonly told: Told[] = [];
  readonly moments: Moments;
  readonly taken: Taken[] = [];
  readonly used = new Map<string, number>();
  localPort = 0;
  readonly #settings: HouseSettings;
  /** Of all that must not go on when the house is closed. */
  readonly #clock: StoppableClock;
  readonly #disk: Disk;
  readonly #dice: Dice;
  readonly #paceFile: string;
  readonly #dataFolder: string;
  readonly #acknowledged: string[] = [];
  #tap = new LineTap();
  #charge: string | undefined;
  #gateway: SimulatedGateway | undefined;
  #terminal: TorturedTerminal | undefined;
  #service: TorturedService | undefined;
  /** What is being done to the service; one thing after the other. */
  #turn: Promise<void> = Promise.resolve();
  #isExpectedToEnd = false;

  constructor(settings: HouseSettings) {
    const { plan, folder, speed, library } = settings;
    this.#settings = settings;
    this.plan = plan;
    this.#dice = new Dice(plan.seed * 31 + 7);
    this.#dataFolder = join(folder, 'data');
    this.#paceFile = join(folder, 'pace.json');
    mkdirSync(this.#dataFolder);
    const now = machineMs();
    this.time = new ScaledTime({ fromMs: now, isMs: now, speed });
    this.#clock = new StoppableClock(this.time);
    this.#writePace(this.time.pace);
    this.history = new History(this.time);
    this.#disk = new Disk(this.#dataFolder, folder, library);
    this.moments = new Moments(plan.strikes, (act) => this.#strike(act));
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
      happened: (event) => this.#terminalHappened(event),
      heard: (bytes) => this.#serviceWrote(bytes),
      wrote: (bytes) => {
        for (const byte of bytes) this.#tap.hear(byte, time.nowMs());
      },
      plugged: () => {
        this.#tap = new LineTap();
        this.history.add(0, { kind: 'plugged' });
      },
    });
    this.localPort = await freePort();
    const file = join(this.#dataFolder, 'config.yml');
    const addresses = {
      serialPort: join(folder, 'terminal'),
      localPort: this.localPort,
      gatewayUrl: this.#gateway.url,
    };
    writeFileSync(file, configFile(plan.station, addresses), { mode: 0o600 });
    this.#service = new TorturedService({
      ...{ configFile: file, paceFile: this.#paceFile, compileCache, environment: this.#disk.environment },
      ended: (how) => this.#serviceEnded(how),
    });
    await this.#start();
  }

  get gateway(): SimulatedGateway {
    return present(this.#gateway);
  }

  get terminal(): TorturedTerminal {
    return present(this.#terminal);
  }

  get service(): TorturedService {
    return present(this.#service);
  }

  hear(ring: Ring, heard: Heard, waitedMs: number): void {
    if (heard.kind !== 'answer') {
      this.history.add(0, { kind: heard.kind === 'hung_up' ? 'hung_up' : 'broken', ring });
      return;
    }
    const { body } = heard;
    this.moments.reach('told');
    if (isPaymentResponse(body)) {
      this.told.push({ atMs: this.time.nowMs(), waitedMs, ring, body });
      this.history.add(0, { kind: 'trouble', what: `told: ${JSON.stringify(body).slice(0, 400)}` });
    } else {
      const code = String(body.errorCode) as never;
      this.history.add(0, { kind: 'declined', ring, code, reached: true, waitedMs });
      if (heard.httpStatus >= 500 && !['1106', '1107', '1108'].includes(code)) {
        this.history.breach(0, 'bug', `HTTP ${heard.httpStatus}: ${JSON.stringify(body)}`);
      }
    }
  }

  /** No more faults: the disk works, the cable is in, the gateway answers, the service is up. */
  async heal(): Promise<void> {
    this.moments.end();
    this.#healDisk();
    this.gateway.faults.clear();
    this.terminal.forgetNext();
    await this.terminal.plugIn();
    await this.#turn;
    if (!this.service.isUp) await this.#start();
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
    this.#isExpectedToEnd = true;
    await this.#turn;
    await this.#service?.stop();
    this.#clock.stop();
    await this.#terminal?.close();
    await this.#gateway?.close();
    return this.#readJournal();
  }

  async #start(): Promise<void> {
    this.#isExpectedToEnd = false;
    const isUp = await this.service.start();
    this.history.add(0, { kind: isUp ? 'started' : 'stopped' });
  }

  #strike(act: Act): void {
    this.history.add(0, { kind: 'trouble', what: JSON.stringify(act) });
    this.#count(act.kind === 'gateway' || act.kind === 'disk' ? `${act.kind}: ${act.fault.kind}` : act.kind);
    switch (act.kind) {
      case 'kill':
        this.#isExpectedToEnd = true;
        this.#inTurn(this.service.kill(), () => this.#afterKill(act));
        break;
      case 'stop':
        this.#isExpectedToEnd = true;
        this.#inTurn(this.service.stop(), () => this.#startAfter(act.downMs));
        break;
      case 'cut':
        this.terminal.unplug();
        this.history.add(0, { kind: 'cut' });
        this.#clock.after(act.outMs, () => void this.terminal.plugIn());
        break;
      case 'disk':
        this.#disk.fail(act.fault);
        this.#clock.after(act.forMs, () => this.#healDisk());
        break;
      case 'gateway':
        this.gateway.faults.add(act.fault);
        break;
    }
  }

  #inTurn(begun: Promise<void>, then: () => Promise<void>): void {
    this.#turn = Promise.all([this.#turn, begun]).then(then);
  }

  async #afterKill({ unsynced, downMs }: Extract<Act, { kind: 'kill' }>): Promise<void> {
    if (this.service.isUp) return;
    this.history.add(0, { kind: 'crashed' });
    this.#disk.losePower(unsynced, this.#dice);
    const journal = this.#readJournal();
    if (journal !== undefined) {
      const violations = durabilityViolations(this.#left, journal);
      for (const { invariant, what } of violations) this.history.breach(0, invariant, what);
    }
    await this.#startAfter(downMs);
  }

  async #startAfter(downMs: number): Promise<void> {
    await pause(this.time, downMs);
    if (!this.service.isUp) await this.#start();
  }

  /** Of itself: an error of the operating kind, such as a disk that does not work, or a bug. */
  #serviceEnded({ bug }: { bug: string | undefined }): void {
    if (bug !== undefined) this.history.breach(0, 'bug', bug);
    if (this.#isExpectedToEnd) return;
    this.#isExpectedToEnd = true;
    this.#inTurn(Promise.resolve(), () => this.#startAfter(START_AGAIN_MS));
  }

  get #left(): Left {
    const told = this.told.map(({ body }) => body);
    const tokens = this.taken.map(({ token }) => token);
    return { told, tokens, frames: tokens.length, acknowledged: this.#acknowledged, orders: this.gateway.orders() };
  }

  #readJournal(): JournalOnDisk | undefined {
    try {
      return readJournalOnDisk(this.#dataFolder, join(this.#settings.folder, 'scratch'));
    } catch (cause) {
      this.history.breach(0, 'I7', `the journal cannot be read: ${cause}`);
      return undefined;
    }
  }

  #serviceWrote(bytes: Uint8Array): void {
    const written = this.#tap.write(bytes, this.time.nowMs());
    if (written.kind === 'other')
      this.history.breach(0, 'I16', `the line carries ${Buffer.from(bytes).toString('hex')}`);
    if (written.kind === 'frame' && written.proofAgeMs === undefined) {
      this.history.breach(0, 'I8', 'a frame without a proof that the terminal is idle');
    }
    if (written.kind !== 'ack' || written.answers === 'enquiry') return;
    if (written.answers === 'nothing') this.history.breach(0, 'I16', 'an ACK that answers nothing');
    else this.#acknowledged.push(written.answers.bytesMasked);
  }

  #terminalHappened(event: TerminalEvent): void {
    const { history, time } = this;
    if (event.kind === 'request_taken') {
      this.taken.push({ atMs: time.nowMs(), frameNumber: event.frameNumber, token: event.request.privateData });
    } else if (event.kind === 'decided') {
      this.#charge = event.charge.chargeId;
      history.add(0, { kind: 'charged', charge: event.charge });
    } else if (event.kind === 'line' && event.event.direction === 'out' && event.event.bytes?.[0] === STX) {
      const bytesMasked = maskedData(event.event.bytes.slice(1, -2));
      history.add(0, { kind: 'answering', chargeId: this.#charge ?? '', bytesMasked });
    }
  }

  #healDisk(): void {
    this.#count('disk operations that failed', this.#disk.failures);
    this.#disk.heal();
  }

  #count(what: string, times = 1): void {
    if (times > 0) this.used.set(what, (this.used.get(what) ?? 0) + times);
  }

  #writePace(pace: Pace): void {
    writeFileSync(this.#paceFile, JSON.stringify(pace));
  }
}

function isPaymentResponse(body: object): body is PaymentResponseBody {
  return 'paymentId' in body;
}

function present<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('the house is not open yet');
  return value;
}
