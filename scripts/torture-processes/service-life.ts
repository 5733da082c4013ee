import { join } from 'node:path';
import { pause } from '@hipay-ecr/shared/clock.ts';
import { Dice } from '../torture/dice.ts';
import type { History } from '../torture/history.ts';
import type { Disk } from './disk.ts';
import { durabilityViolations, type Left } from './durability.ts';
import { type JournalOnDisk, readJournalOnDisk } from './journal-on-disk.ts';
import type { Act } from './plan.ts';
import type { ScaledTime } from './scaled-time.ts';
import { TorturedService } from './tortured-service.ts';

export interface ServiceLifeRooms {
  history: History;
  time: ScaledTime;
  disk: Disk;
  seed: number;
  folder: string;
  dataFolder: string;
  configFile: string;
  paceFile: string;
  compileCache: string;
  /** What has left the process by now. */
  left(): Left;
}

/** A service that ended of itself is started again after this, in the run's own time, as `launch` does. */
const START_AGAIN_MS = 2_000;

/** The service's comings and goings, one after the other; whatever kills it, its journal is read as the disk has it. */
export class ServiceLife {
  readonly process: TorturedService;
  readonly #rooms: ServiceLifeRooms;
  readonly #dice: Dice;
  /** What is being done to it. */
  #turn: Promise<void> = Promise.resolve();
  #isExpectedToEnd = false;

  constructor(rooms: ServiceLifeRooms) {
    const { configFile, paceFile, compileCache, disk, seed } = rooms;
    this.#rooms = rooms;
    this.#dice = new Dice(seed * 31 + 7);
    this.process = new TorturedService({
      ...{ configFile, paceFile, compileCache, environment: disk.environment },
      ended: (how) => this.#ended(how),
    });
  }

  async start(): Promise<void> {
    this.#isExpectedToEnd = false;
    const isUp = await this.process.start();
    this.#rooms.history.add(0, { kind: isUp ? 'started' : 'stopped' });
  }

  kill({ unsynced, downMs }: Extract<Act, { kind: 'kill' }>): void {
    this.#isExpectedToEnd = true;
    this.#inTurn(this.process.kill(), async () => {
      if (this.process.isUp) return;
      this.#rooms.history.add(0, { kind: 'crashed' });
      this.#rooms.disk.losePower(unsynced, this.#dice);
      this.#judge();
      await this.#startAfter(downMs);
    });
  }

  stop({ downMs }: Extract<Act, { kind: 'stop' }>): void {
    this.#isExpectedToEnd = true;
    this.#inTurn(this.process.stop(), () => this.#startAfter(downMs));
  }

  /** Resolves once it runs, whatever was being done to it. */
  async up(): Promise<void> {
    await this.#turn;
    if (!this.process.isUp) await this.start();
  }

  /** For good; gives the journal that is left. */
  async end(): Promise<JournalOnDisk | undefined> {
    this.#isExpectedToEnd = true;
    await this.#turn;
    await this.process.stop();
    return this.#judge();
  }

  #inTurn(begun: Promise<void>, then: () => Promise<void>): void {
    this.#turn = Promise.all([this.#turn, begun]).then(then);
  }

  async #startAfter(downMs: number): Promise<void> {
    await pause(this.#rooms.time, downMs);
    if (!this.process.isUp) await this.start();
  }

  /** Of itself: an error of the operating kind, such as a disk that does not work, or a bug. */
  #ended({ bug }: { bug: string | undefined }): void {
    if (bug !== undefined) this.#rooms.history.breach(0, 'bug', bug);
    if (this.#isExpectedToEnd) return;
    this.#isExpectedToEnd = true;
    this.#inTurn(Promise.resolve(), () => this.#startAfter(START_AGAIN_MS));
  }

  #judge(): JournalOnDisk | undefined {
    const { history, dataFolder, folder, left } = this.#rooms;
    try {
      const journal = readJournalOnDisk(dataFolder, join(folder, 'scratch'));
      for (const { invariant, what } of durabilityViolations(left(), journal)) history.breach(0, invariant, what);
      return journal;
    } catch (cause) {
      history.breach(0, 'I7', `the journal cannot be read: ${cause}`);
      return undefined;
    }
  }
}
