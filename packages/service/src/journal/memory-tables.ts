import { type Counting, thatMatter } from '../payments/counting.ts';
import type { FactBody } from '../payments/fact.ts';
import { AT_REST } from '../payments/forget-customer.ts';
import type { PaymentState } from '../payments/payment.ts';
import type { AcceptedAfter } from '../payments/ports.ts';
import { StoreFailure } from './failure-reason.ts';
import { standingIn } from './index-row.ts';
import { MemoryOrphans } from './memory-orphans.ts';
import {
  AWAITING,
  type Batch,
  type IndexRow,
  type Page,
  type StandingRow,
  type StoreCounts,
  type StoredFact,
} from './store.ts';

const UNFINISHED: readonly PaymentState[] = ['opening', 'running'];

/** The journal's tables in memory: the same questions, answered the plain way. */
export class MemoryTables extends MemoryOrphans {
  readonly #facts = new Map<string, StoredFact[]>();
  readonly #rows = new Map<string, IndexRow>();
  #newestFact: StoredFact | undefined;

  /** Throws where a batch breaks what must be unique; nothing is changed then. */
  check(batch: Batch): void {
    const { facts, row } = batch;
    for (const { paymentId, version, seq } of facts) {
      const known = this.#facts.get(paymentId)?.some((fact) => fact.version === version) ?? false;
      if (known || seq <= (this.#newestFact?.seq ?? 0)) throw conflict(`fact ${version} of payment ${paymentId}`);
    }
    const said = this.orphanConflict(batch);
    if (said !== undefined) throw conflict(said);
    const token = row?.token ?? null;
    const holder = token === null ? undefined : this.rowByToken(token);
    if (holder !== undefined && holder.paymentId !== row?.paymentId) throw conflict(`token of ${holder.paymentId}`);
  }

  add(batch: Batch): void {
    const { facts, row, replaced = [] } = batch;
    for (const { seq, paymentId, body, checksum, bytesKey } of replaced) {
      const kept = this.factsOf(paymentId).map((fact) =>
        fact.seq === seq ? { ...fact, body, checksum, bytesKey } : fact,
      );
      this.#facts.set(paymentId, kept);
    }
    for (const fact of facts) {
      this.#facts.set(fact.paymentId, [...this.factsOf(fact.paymentId), fact]);
      this.#newestFact = fact;
    }
    this.addOrphans(batch);
    if (row !== undefined) this.#rows.set(row.paymentId, row);
  }

  replaceIndex(rows: Iterable<IndexRow>): number {
    const replacement = [...rows];
    this.#rows.clear();
    for (const row of replacement) this.#rows.set(row.paymentId, row);
    return replacement.length;
  }

  factsFrom(seq: number, count: number): StoredFact[] {
    const all = [...this.#facts.values()].flat().sort((one, other) => one.seq - other.seq);
    return all.filter((fact) => fact.seq >= seq && fact.seq < seq + count);
  }

  factsOfKind(kind: FactBody['kind'], seq: number, end: number): StoredFact[] {
    return this.factsFrom(seq, end - seq).filter((fact) => fact.kind === kind);
  }

  factsOf(paymentId: string): StoredFact[] {
    return this.#facts.get(paymentId) ?? [];
  }

  row(paymentId: string): IndexRow | undefined {
    return this.#rows.get(paymentId);
  }

  rowByToken(token: string): IndexRow | undefined {
    return this.#rowsThat((row) => row.token === token)[0];
  }

  rowByIdempotencyKey(idempotencyKey: string): IndexRow | undefined {
    return this.#rowsThat((row) => row.idempotencyKey === idempotencyKey)
      .sort(oldestFirst)
      .at(-1);
  }

  rowLastAsked(): IndexRow | undefined {
    const asked = this.#rowsThat(({ askedSeq }) => askedSeq !== null);
    return asked.sort((a, b) => (b.askedSeq ?? 0) - (a.askedSeq ?? 0))[0];
  }

  rowsUnfinished(): IndexRow[] {
    return this.#rowsThat(({ state }) => UNFINISHED.includes(state)).sort(oldestFirst);
  }

  rowsAwaiting(limit: number, after?: AcceptedAfter): IndexRow[] {
    const awaiting = this.#rowsThat(({ registration }) => AWAITING.includes(registration));
    const behind = after === undefined ? 0 : awaiting.filter((row) => oldestFirst(row, after) <= 0).length;
    return awaiting.sort(oldestFirst).slice(behind, behind + limit);
  }

  rowsOf({ orderId, state, fromMs, before, limit }: Page): IndexRow[] {
    const shown = this.#rowsThat(
      (row) =>
        (orderId === undefined || row.orderId === orderId) &&
        (state === undefined || row.state === state) &&
        row.acceptedAtMs >= fromMs &&
        oldestFirst(row, before) < 0,
    );
    return shown.sort((a, b) => oldestFirst(b, a)).slice(0, limit);
  }

  standings(orderId: string, limit: number, counting: Counting): StandingRow[] {
    const ofOrder = this.#rowsThat((row) => row.orderId === orderId);
    const newest = ofOrder.sort((a, b) => oldestFirst(b, a)).slice(0, limit);
    const matter = new Set(thatMatter(newest.map(standingIn), counting).map(({ paymentId }) => paymentId));
    return newest.filter(({ paymentId }) => matter.has(paymentId));
  }

  momentFrom(seq: number): StoredFact | undefined {
    return this.factsFrom(seq, Number.POSITIVE_INFINITY)[0];
  }

  rowsAnswered({ seq, end, acceptedBeforeMs }: { seq: number; end: number; acceptedBeforeMs: number }): IndexRow[] {
    const answers = this.factsFrom(seq, end - seq).filter(({ kind }) => kind === 'answered');
    const answered = new Set(answers.map(({ paymentId }) => paymentId));
    return this.#rowsThat((row) => row.acceptedAtMs < acceptedBeforeMs && answered.has(row.paymentId));
  }

  answersWith(bytesKey: number, sinceMs: number): StoredFact[] {
    const facts = [...this.#facts.values()].flat();
    return facts.filter((fact) => fact.bytesKey === bytesKey && fact.atMs >= sinceMs);
  }

  rowsParked(limit: number, after: string): IndexRow[] {
    return this.#rowsBehind(after, ({ registration }) => registration === 'parked').slice(0, limit);
  }

  rowsAlarmed(limit: number, after: string): IndexRow[] {
    return this.#rowsBehind(after, ({ alarmed }) => alarmed === 1).slice(0, limit);
  }

  rowToForget(beforeMs: number, after?: AcceptedAfter): IndexRow | undefined {
    const toForget = this.#rowsThat(
      (row) =>
        AT_REST.states.includes(row.state) &&
        AT_REST.registrations.includes(row.registration) &&
        row.alarmed === 0 &&
        row.forgotten === 0 &&
        row.acceptedAtMs < beforeMs &&
        (after === undefined || oldestFirst(row, after) > 0),
    );
    return toForget.sort(oldestFirst)[0];
  }

  counts(): StoreCounts {
    return {
      unknown: this.#rowsThat(({ state }) => state === 'unknown').length,
      awaitingRegistration: this.#rowsThat(({ registration }) => AWAITING.includes(registration)).length,
      parked: this.#rowsThat(({ registration }) => registration === 'parked').length,
      alarmed: this.#rowsThat(({ alarmed }) => alarmed === 1).length,
      orphans: this.orphansOpen,
    };
  }

  newestFact(): StoredFact | undefined {
    return this.#newestFact;
  }

  paymentIdsAfter(paymentId: string, limit: number): string[] {
    const paymentIds = [...new Set([...this.#facts.keys(), ...this.#rows.keys()])].sort();
    return paymentIds.filter((other) => other > paymentId).slice(0, limit);
  }

  #rowsBehind(paymentId: string, fits: (row: IndexRow) => boolean): IndexRow[] {
    const rows = this.#rowsThat((row) => fits(row) && row.paymentId > paymentId);
    return rows.sort((one, other) => (one.paymentId < other.paymentId ? -1 : 1));
  }

  #rowsThat(fits: (row: IndexRow) => boolean): IndexRow[] {
    return [...this.#rows.values()].filter(fits);
  }
}

type Place = Page['before'];

function oldestFirst(one: Place, other: Place): number {
  if (one.acceptedAtMs !== other.acceptedAtMs) return one.acceptedAtMs - other.acceptedAtMs;
  return one.paymentId < other.paymentId ? -1 : Number(one.paymentId > other.paymentId);
}

function conflict(what: string): StoreFailure {
  return new StoreFailure('conflict', `${what} is there already`);
}
