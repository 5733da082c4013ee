import type { Batch, OrphanPart, OrphanRecord, StoredAcknowledgement, StoredOrphan } from './store.ts';

type OrphansWritten = Pick<Batch, 'orphans' | 'acknowledgement'>;

/** The tables of orphans and of the words on them, in memory. */
export class MemoryOrphans {
  readonly #orphans: StoredOrphan[] = [];
  readonly #acknowledgements = new Map<number, StoredAcknowledgement>();

  /** What of a batch is there already. */
  protected orphanConflict({ orphans, acknowledgement }: OrphansWritten): string | undefined {
    const again = orphans.find(({ seq }) => seq <= (this.#orphans.at(-1)?.seq ?? 0));
    if (again !== undefined) return `orphan ${again.seq}`;
    if (acknowledgement === undefined || !this.#acknowledgements.has(acknowledgement.orphanSeq)) return undefined;
    return `the word on orphan ${acknowledgement.orphanSeq}`;
  }

  protected addOrphans({ orphans, acknowledgement }: OrphansWritten): void {
    this.#orphans.push(...orphans);
    if (acknowledgement !== undefined) this.#acknowledgements.set(acknowledgement.orphanSeq, acknowledgement);
  }

  protected get orphansOpen(): number {
    return this.#orphans.length - this.#acknowledgements.size;
  }

  orphansWith(bytesKey: number, sinceMs: number): StoredOrphan[] {
    return this.#orphans.filter((orphan) => orphan.bytesKey === bytesKey && orphan.atMs >= sinceMs);
  }

  orphans({ fromMs, toMs, onlyOpen, limit, skip }: OrphanPart): OrphanRecord[] {
    const between = this.#orphans.filter(({ atMs }) => atMs >= fromMs && atMs < toMs);
    const records = between.reverse().map((orphan) => this.#record(orphan));
    const shown = records.filter(({ acknowledgement }) => !onlyOpen || acknowledgement === undefined);
    return shown.slice(skip, skip + limit);
  }

  orphansFrom(seq: number, count: number): OrphanRecord[] {
    const among = this.#orphans.filter((orphan) => orphan.seq >= seq && orphan.seq < seq + count);
    return among.map((orphan) => this.#record(orphan));
  }

  orphan(seq: number): OrphanRecord | undefined {
    const orphan = this.#orphans.find((one) => one.seq === seq);
    return orphan && this.#record(orphan);
  }

  newestOrphan(): StoredOrphan | undefined {
    return this.#orphans.at(-1);
  }

  newestAcknowledged(): number | undefined {
    return this.#acknowledgements.size === 0 ? undefined : Math.max(...this.#acknowledgements.keys());
  }

  #record(orphan: StoredOrphan): OrphanRecord {
    const acknowledgement = this.#acknowledgements.get(orphan.seq);
    return acknowledgement === undefined ? { orphan } : { orphan, acknowledgement };
  }
}
