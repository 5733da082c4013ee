import { crc32 } from 'node:zlib';
import { StoreFailure } from './failure-reason.ts';
import { MemoryTables } from './memory-tables.ts';
import type { Batch, Store } from './store.ts';

/** How the simulated disk fails. Commits are counted from 1; whatever a hook throws makes the commit fail. */
export interface DiskFaults {
  /** Commit `n` is about to be written: where this throws, nothing of it reaches the disk. */
  beforeWrite?: (n: number) => void;
  /**
   * Commit `n` is written and not yet synced: where this throws, it fails, and a crash loses it. `fail_but_keep`: it
   * fails, and yet a crash shows it, as SQLite can after a failed sync.
   */
  beforeSync?: (n: number) => 'fail_but_keep' | undefined;
}

/** What a crash leaves of a commit that was written and not synced. */
export type UnsyncedAfterCrash = 'lost' | 'kept' | 'torn';

/** A store on a simulated disk, which loses in a crash what was not synced, and fails when it is told to. */
export class MemoryStore extends MemoryTables implements Store {
  readonly name = 'in memory';
  readonly #faults: DiskFaults;
  /** One record for each synced commit. */
  readonly #disk: string[];
  #unsynced: { record: string; survives: boolean } | undefined;
  #commits = 0;
  #isOver = false;

  constructor(faults: DiskFaults = {}, disk: string[] = []) {
    super();
    this.#faults = faults;
    const whole = disk.flatMap((record) => readRecord(record) ?? []);
    this.#disk = whole.map(writeRecord);
    for (const batch of whole) this.add(batch);
  }

  commit(batch: Batch): void {
    this.#commits += 1;
    this.check(batch);
    this.#orFail(() => this.#faults.beforeWrite?.(this.#commits));
    this.#unsynced = { record: writeRecord(batch), survives: false };
    const word = this.#orFail(() => this.#faults.beforeSync?.(this.#commits));
    if (word === 'fail_but_keep') {
      this.#unsynced.survives = true;
      throw new StoreFailure('io', `commit ${this.#commits} could not be synced`);
    }
    this.#disk.push(this.#unsynced.record);
    this.#unsynced = undefined;
    this.add(batch);
  }

  /** The process dies now. Gives the store that the next one finds; this one takes nothing any more. */
  crash(options: { unsynced?: UnsyncedAfterCrash; faults?: DiskFaults } = {}): MemoryStore {
    this.#isOver = true;
    const disk = [...this.#disk];
    const tail = this.#unsynced;
    if (tail !== undefined) {
      const left = options.unsynced ?? (tail.survives ? 'kept' : 'lost');
      if (left === 'kept') disk.push(tail.record);
      if (left === 'torn') disk.push(tail.record.slice(0, tail.record.length / 2));
    }
    return new MemoryStore(options.faults, disk);
  }

  atOneMoment<T>(read: () => T): T {
    return read();
  }

  tryWriting(): void {}

  structureDamage(): string[] {
    return [];
  }

  readThrough(): void {}

  maintain(): void {}

  clearLog(): boolean {
    return true;
  }

  close(): void {
    this.#isOver = true;
  }

  #orFail<T>(hook: () => T): T {
    try {
      if (this.#isOver) throw new Error('the process has died');
      const word = hook();
      if (this.#isOver) throw new Error('the process has died');
      return word;
    } catch (cause) {
      if (cause instanceof StoreFailure) throw cause;
      throw new StoreFailure('io', cause instanceof Error ? cause.message : String(cause), { cause });
    }
  }
}

function writeRecord(batch: Batch): string {
  const text = JSON.stringify(batch);
  return `${crc32(text)} ${text}`;
}

/** Undefined for a record that was torn. */
function readRecord(record: string): Batch | undefined {
  const [checksum = '', ...rest] = record.split(' ');
  const text = rest.join(' ');
  return Number(checksum) === crc32(text) ? (JSON.parse(text) as Batch) : undefined;
}
