import type { Clock } from '@hipay-ecr/shared/clock.ts';
import { journalOver, type KeptJournal } from '../../packages/service/src/journal/journal.ts';
import { MemoryStore, type UnsyncedAfterCrash } from '../../packages/service/src/journal/memory-store.ts';
import { readFact, readOrphan } from '../../packages/service/src/journal/stored-fact.ts';
import { DiskDelays } from './disk-delays.ts';
import type { CommitPoint, Trouble } from './plan.ts';

/** No commit writes more. */
const MOST_FACTS = 10;

type DiskTrouble = Extract<Trouble, { kind: 'disk' | 'slow_disk' | 'slow_asking' | 'stalled_disk' | 'crash' }>;

/** An answer on the disk whose commit failed, or was never heard to be done; `writtenMs`, by the monotonic clock. */
export interface UnheardAnswer {
  /** Whose it is; undefined for an orphan. */
  paymentId: string | undefined;
  bytesMasked: string;
  writtenMs: number;
}

export interface DiskRooms {
  clock: Pick<Clock, 'monotonicMs'>;
  troubles: readonly DiskTrouble[];
  /** The process dies now. */
  crash(trouble: Extract<Trouble, { kind: 'crash' }>): void;
  used(kind: string): void;
}

export interface DiskListener {
  committed(paymentId: string | undefined, facts: string[], bytesMasked?: string): void;
  failed(): void;
}

/** A disk that outlives its processes, with the journal of the present one on it. Commits are counted over all of them. */
export class TorturedDisk {
  readonly #rooms: DiskRooms;
  #store = new MemoryStore({ beforeWrite: () => this.#beforeWrite(), beforeSync: () => this.#beforeSync() });
  #commits = 0;
  /** A commit is written, and not synced: a crash now decides what is left of it. */
  #isUnsynced = false;
  /** Of the last commit that was written, synced or not. */
  #writtenMs = 0;
  /** The last orphan, and the last fact, whose commit was heard to be done. */
  #lastOrphan = 0;
  #lastFact = 0;
  #isHealed = false;
  readonly #delays: DiskDelays;

  constructor(rooms: DiskRooms) {
    this.#rooms = rooms;
    this.#delays = new DiskDelays(rooms.troubles, rooms.used);
  }

  /** What is synced, whatever the process believes. */
  get store(): MemoryStore {
    return this.#store;
  }

  /** The process is gone; gives the answer that it leaves unheard, which none but its last commit can have written. */
  crash(unsynced: UnsyncedAfterCrash | undefined): UnheardAnswer | undefined {
    if (this.#isUnsynced && unsynced !== undefined) this.#rooms.used(`disk: unsynced ${unsynced}`);
    this.#isUnsynced = false;
    const faults = { beforeWrite: () => this.#beforeWrite(), beforeSync: () => this.#beforeSync() };
    this.#store = this.#store.crash({ ...(unsynced !== undefined && { unsynced }), faults });
    const unheard = this.#unheard();
    this.#hear();
    return unheard && { ...unheard, writtenMs: this.#writtenMs };
  }

  #unheard(): Omit<UnheardAnswer, 'writtenMs'> | undefined {
    const { name } = this.#store;
    const newest = this.#store.newestOrphan();
    if (newest !== undefined && newest.seq !== this.#lastOrphan) {
      return { paymentId: undefined, bytesMasked: readOrphan({ orphan: newest }, name).bytesMasked };
    }
    const facts = this.#store.factsFrom(this.#lastFact + 1, MOST_FACTS).map((stored) => readFact(stored, name));
    const answered = facts.find((fact) => fact.kind === 'answered');
    return answered && { paymentId: answered.paymentId, bytesMasked: answered.bytesMasked };
  }

  /** All that is on the disk now. */
  #hear(): void {
    this.#lastOrphan = this.#store.newestOrphan()?.seq ?? 0;
    this.#lastFact = this.#store.newestFact()?.seq ?? 0;
  }

  heal(): void {
    this.#isHealed = true;
    this.#delays.heal();
  }

  /** The journal of a process, which reads and writes one after the other, as its thread does. */
  journal(clock: Clock, { committed, failed }: DiskListener): KeptJournal {
    const store = this.#store;
    const journal = journalOver(store, clock);
    let turn: Promise<unknown> = Promise.resolve();
    const inTurn = <T>(act: () => Promise<T>): Promise<T> => {
      const result = turn.then(act);
      turn = result.catch(() => undefined);
      return result;
    };
    const write = <T>(act: () => Promise<T>, isAsking = false): Promise<T> =>
      inTurn(async () => {
        const delays = this.#delays.commit(this.#commits + 1, isAsking);
        await delays.before(clock);
        const result = await act().catch((cause: unknown) => {
          failed();
          throw cause;
        });
        this.#dieAt('after_sync');
        await delays.after(clock);
        return result;
      });
    /** On what is found an order hangs. */
    const look = <T>(act: () => Promise<T>): Promise<T> =>
      inTurn(async () => {
        await this.#delays.question(clock);
        return act();
      });
    return {
      ...journal,
      append: (paymentId, facts, options) =>
        write(async () => {
          const payment = await journal.append(paymentId, facts, options);
          if (store === this.#store) this.#hear();
          const answered = facts.find((fact) => fact.kind === 'answered');
          committed(
            paymentId,
            facts.map(({ kind }) => kind),
            answered?.bytesMasked,
          );
          return payment;
        }, isAsking(facts)),
      appendOrphan: (orphan) =>
        write(async () => {
          await journal.appendOrphan(orphan);
          if (store === this.#store) this.#hear();
          committed(undefined, ['orphan'], orphan.bytesMasked);
        }),
      acknowledgeOrphan: (orphanId, word) => write(() => journal.acknowledgeOrphan(orphanId, word)),
      payment: (paymentId) => inTurn(() => journal.payment(paymentId)),
      byToken: (token) => inTurn(() => journal.byToken(token)),
      byOrderId: (orderId, limit, counting) => look(() => journal.byOrderId(orderId, limit, counting)),
      byIdempotencyKey: (key) => look(() => journal.byIdempotencyKey(key)),
      untoldByBody: (bodyDigest, counting) => look(() => journal.untoldByBody(bodyDigest, counting)),
      writeProblem: () => look(() => journal.writeProblem()),
      lastAsked: () => inTurn(() => journal.lastAsked()),
      unfinished: () => inTurn(() => journal.unfinished()),
      awaitingRegistration: (limit) => inTurn(() => journal.awaitingRegistration(limit)),
      orphanKept: (bytesMasked, sinceMs) => inTurn(() => journal.orphanKept(bytesMasked, sinceMs)),
    };
  }

  #beforeWrite(): void {
    this.#commits += 1;
    this.#dieAt('before_write');
    if (this.#failing('write_fails')) throw new Error('the disk is full');
  }

  #beforeSync(): 'fail_but_keep' | undefined {
    this.#isUnsynced = true;
    this.#writtenMs = this.#rooms.clock.monotonicMs();
    this.#dieAt('before_sync');
    this.#isUnsynced = false;
    if (this.#failing('sync_fails')) throw new Error('the sync failed');
    return this.#failing('sync_fails_and_keeps') ? 'fail_but_keep' : undefined;
  }

  #failing(fault: Extract<Trouble, { kind: 'disk' }>['fault']): boolean {
    if (this.#isHealed) return false;
    const isHit = this.#rooms.troubles.some(
      (trouble) =>
        trouble.kind === 'disk' &&
        trouble.fault === fault &&
        this.#commits >= trouble.commit &&
        this.#commits < trouble.commit + trouble.times,
    );
    if (isHit) this.#rooms.used(`disk: ${fault}`);
    return isHit;
  }

  #dieAt(point: CommitPoint): void {
    if (this.#isHealed) return;
    for (const trouble of this.#rooms.troubles) {
      if (trouble.kind !== 'crash' || trouble.moment.kind !== 'commit') continue;
      if (trouble.moment.point === point && trouble.moment.commit === this.#commits) this.#rooms.crash(trouble);
    }
  }
}

function isAsking(facts: readonly { kind: string }[]): boolean {
  return facts.some(({ kind }) => kind === 'asked');
}
