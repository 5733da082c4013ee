import { type Counting, mayBeYoung, mayCount } from '../payments/counting.ts';
import type { Fact } from '../payments/fact.ts';
import { isOpen, type Payment } from '../payments/payment.ts';
import type { PaymentsOfOrder } from '../payments/ports.ts';
import type { FoldsHeld } from './folds-held.ts';
import { sameRow, standingIn } from './index-row.ts';
import { journalLimits } from './journal-limits.ts';
import { isFactDamage } from './journal-problem.ts';
import { pageOf, pageSize } from './list-cursor.ts';
import { saysOtherwise } from './read-payment.ts';
import { acceptedAmong, type Recent, RecentPayments } from './recent-payments.ts';
import type { IndexRow, Store } from './store.ts';

/** By what an index orders payments. */
type Ranked = Pick<IndexRow, 'paymentId' | 'acceptedAtMs'>;

/**
 * By what an order is known again (rules 1 and 4). The index says which payments to look at and has no checksum: so what it
 * gives is held against the facts, and what it does not give against the payments that are known from theirs.
 */
export class EarlierPayments {
  readonly #store: Store;
  readonly #folds: FoldsHeld;
  #recalled: RecentPayments | undefined;

  constructor(store: Store, folds: FoldsHeld) {
    this.#store = store;
    this.#folds = folds;
  }

  ofOrder(orderId: string, limit: number, counting: Counting): PaymentsOfOrder {
    const size = pageSize(limit);
    const standings = this.#store.standings(orderId, size, counting);
    const given = standings.map((standing) => {
      const row = this.#rowOf(standing.paymentId);
      // The index of orders has its own copy of what decides.
      if (row.orderId !== orderId || !sameRow(standing, row)) throw this.#wrong(row.paymentId);
      return this.#unlessPast(row, counting);
    });
    const isYoung = youngBy(counting);
    const known = this.#recent().newest(size, (recent) => recent.orderId === orderId && isYoung(recent));
    const more = known
      .filter(({ paymentId }) => !standings.some((standing) => standing.paymentId === paymentId))
      .map(({ paymentId }) => this.#unlessPast(this.#rowOf(paymentId), counting))
      .filter((left) => left === undefined || standings.length === 0 || mayCount(left, counting));
    const last = more.length > 0 ? this.#store.rowsOf(pageOf({ orderId, limit: size }))[size - 1] : undefined;
    for (const left of more) if (left !== undefined) this.#mustBeBehind(last, left);
    const payments = [...more, ...given].filter((payment) => payment !== undefined).sort(newestFirst);
    return { payments, isOneLeftOut: payments.length < more.length + given.length };
  }

  ofIdempotencyKey(idempotencyKey: string): Payment | undefined {
    const row = this.#store.rowByIdempotencyKey(idempotencyKey);
    const payment = row && this.#folds.ofSound(row);
    if (payment !== undefined && payment.order.idempotencyKey !== idempotencyKey) throw this.#wrong(payment.paymentId);
    const [known] = this.#recent().newest(1, (recent) => recent.idempotencyKey === idempotencyKey);
    const isPassed = known !== undefined && known.acceptedAtMs > (payment?.acceptedAtMs ?? -1);
    if (isPassed) throw this.#wrong(known.paymentId);
    const given = this.#recent().ofOtherKey(idempotencyKey);
    return payment ?? (given === undefined ? undefined : this.#folds.ofSound(this.#rowOf(given)));
  }

  untoldInWords(bodyDigest: string, counting: Counting): Payment | undefined {
    const { listMost } = journalLimits;
    const page = pageOf({ limit: listMost });
    const rows = this.#store.rowsOf(page);
    const known = this.#recent().newest(listMost);
    const inWords = known.filter((recent) => recent.bodyDigest === bodyDigest);
    const young = inWords.filter(youngBy(counting)).map(({ paymentId }) => paymentId);
    const ofWords = inWords.map((recent) => {
      const given = rows.find(({ paymentId }) => paymentId === recent.paymentId);
      if (given === undefined) this.#mustBeBehind(rows[page.limit - 1], recent);
      return given ?? this.#rowOf(recent.paymentId);
    });
    for (const row of [...new Set([...ofWords, ...rows])].filter(isUntold).sort(newestFirst)) {
      // What is past for certain, by its row and by its facts, is no business of this order's, be it damaged or not.
      if (!young.includes(row.paymentId) && !mayBeYoung(standingIn(row), counting)) continue;
      const payment = this.#unlessInOtherWords(row, bodyDigest);
      if (payment?.order.bodyDigest === bodyDigest) return payment;
    }
    return undefined;
  }

  /** Reads what else the first order would wait for. */
  recall(): void {
    this.#recent();
  }

  /** It is written now. */
  remember(fact: Fact): void {
    this.#recalled?.learn(fact);
  }

  /**
   * An index gives so many and no more, to the last of them; what it does not give is behind that one, or it is lost. Behind it can
   * be a payment that is newer: of those accepted at one moment, an index gives the higher ids first (RecentPayments.newest).
   */
  #mustBeBehind(last: Ranked | undefined, { paymentId, acceptedAtMs }: Ranked): void {
    const isBehind =
      last !== undefined &&
      (acceptedAtMs < last.acceptedAtMs || (acceptedAtMs === last.acceptedAtMs && paymentId < last.paymentId));
    if (!isBehind) throw this.#wrong(paymentId);
  }

  /** What is damaged holds up whoever asks in the same words; that they were others, its first fact says, where that one is sound. */
  #unlessInOtherWords(row: IndexRow, bodyDigest: string): Payment | undefined {
    try {
      return this.#folds.ofSound(row);
    } catch (error) {
      if (!isFactDamage(error)) throw error;
      const [accepted] = acceptedAmong(() => this.#store.factsOf(row.paymentId), this.#store.name);
      if (accepted === undefined || accepted.order.bodyDigest === bodyDigest) throw error;
      return undefined;
    }
  }

  /** A payment whose facts are damaged and whose result was told long ago stands for nothing: its order is sold again. */
  #unlessPast(row: IndexRow, counting: Counting): Payment | undefined {
    try {
      return this.#folds.ofSound(row);
    } catch (error) {
      const standing = standingIn(row);
      const isPast = !isOpen(standing) && !isUntold(row) && !mayBeYoung(standing, counting);
      if (!isPast || !isFactDamage(error)) throw error;
      return undefined;
    }
  }

  #rowOf(paymentId: string): IndexRow {
    const row = this.#store.row(paymentId);
    if (row === undefined) throw this.#wrong(paymentId);
    return row;
  }

  #recent(): RecentPayments {
    this.#recalled ??= RecentPayments.of(this.#store);
    return this.#recalled;
  }

  #wrong(paymentId: string): Error {
    return saysOtherwise(this.#store.name, paymentId);
  }
}

/** Accepted so lately that its result may be young, whatever an index row says of that. */
function youngBy({ sinceMs }: Counting): (recent: Recent) => boolean {
  return ({ acceptedAtMs }) => acceptedAtMs >= sinceMs - journalLimits.decidedWithinMs;
}

/** Journal time never runs back (rule 18): one that was told before it was asked for was not. */
function isUntold({ toldAtMs, acceptedAtMs }: IndexRow): boolean {
  return toldAtMs === null || toldAtMs < acceptedAtMs;
}

/** What was accepted at one moment stays as it is. */
function newestFirst(one: Ranked, other: Ranked): number {
  return other.acceptedAtMs - one.acceptedAtMs;
}
