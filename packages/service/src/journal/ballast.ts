import { closeSync, fsyncSync, openSync, renameSync, rmSync, statfsSync, statSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { failureReason, StoreFailure } from './failure-reason.ts';
import { journalLimits } from './journal-limits.ts';

/** What of it the commits to a journal ask for. */
export type HeldRoom = Pick<Ballast, 'guard' | 'isThere' | 'restore' | 'release'>;

/** Of a journal that no payment is written to: none is held, and none is missing. */
export const noRoomHeld: HeldRoom = {
  guard: (_about, commit) => commit(),
  isThere: true,
  restore: () => true,
  release: () => false,
};

/**
 * A file that holds room on the disk: released at the first "disk full", so that what the terminal answers to a payment
 * under way can still be written down. Without it no new payment is taken (rule 7).
 */
export class Ballast {
  readonly #file: string;

  constructor(file: string) {
    this.#file = file;
  }

  /** Runs a commit, if need be in the room that was held for it; a new payment gets none of that room. */
  guard({ opensPayment }: { opensPayment: boolean }, commit: () => void): void {
    if (opensPayment && !this.restore()) {
      throw new StoreFailure('full', 'what room is left is for the answers of payments under way');
    }
    try {
      commit();
    } catch (cause) {
      if (opensPayment || failureReason(cause) !== 'full' || !this.release()) throw cause;
      commit();
    }
  }

  get isThere(): boolean {
    return statSync(this.#file, { throwIfNoEntry: false })?.size === journalLimits.ballastBytes;
  }

  /** Makes it where it is missing and the disk has twice its room; tells whether it is there. */
  restore(): boolean {
    if (this.isThere) return true;
    const { bavail, bsize } = statfsSync(dirname(this.#file));
    if (bavail * bsize < 2 * journalLimits.ballastBytes) return false;
    try {
      this.#write();
      return true;
    } catch {
      // The disk has filled up meanwhile, or its room is not ours to use.
      rmSync(this.#unfinished, { force: true });
      return false;
    }
  }

  /** Gives its room back; false where there was none to give. */
  release(): boolean {
    const wasThere = this.isThere;
    rmSync(this.#file, { force: true });
    return wasThere;
  }

  get #unfinished(): string {
    return `${this.#file}.new`;
  }

  /** Not zeros: a file system that compresses would give them no room. */
  #write(): void {
    const handle = openSync(this.#unfinished, 'w', 0o600);
    try {
      const block = crypto.getRandomValues(new Uint8Array(65_536));
      for (let written = 0; written < journalLimits.ballastBytes; ) written += writeSync(handle, block);
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
    renameSync(this.#unfinished, this.#file);
  }
}
