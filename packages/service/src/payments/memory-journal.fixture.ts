import type { Clock } from '@hipay-ecr/shared/clock.ts';
import { EVERYTHING, thatMatter } from './counting.ts';
import type { Acknowledgement, Fact, FactBody, NewOrphan, Orphan } from './fact.ts';
import { fold } from './fold.ts';
import { isOpen, type Payment } from './payment.ts';
import type { AcceptedAfter, Journal, PaymentsOfOrder } from './ports.ts';
import { VersionConflict } from './version-conflict.ts';

const AWAITING = new Set(['due', 'registering', 'unclear']);

/** Facts in memory, in the order they came, with a disk that can be told to fail. */
export class MemoryJournal implements Journal {
  /** A new process has a new clock over the same facts. */
  clock: Clock;
  readonly #facts = new Map<string, Fact[]>();
  readonly orphansKept: Orphan[] = [];
  #askedLast: string | undefined;
  /** Tells whether the disk refuses to take these facts; an orphan is asked for as `orphan`. */
  refuses: (kinds: string[]) => boolean = () => false;
  /** Tells whether a commit is known to fail before it is tried. */
  unwritable = false;
  /** Tells whether reading fails. */
  unreadable = false;

  constructor(clock: Clock) {
    this.clock = clock;
  }

  async append(paymentId: string, bodies: FactBody[], options: { ifVersion?: number } = {}): Promise<Payment> {
    const kept = this.#facts.get(paymentId) ?? [];
    if (this.refuses(bodies.map(({ kind }) => kind))) throw new Error('disk full');
    if (options.ifVersion !== undefined && options.ifVersion !== kept.length) {
      throw new VersionConflict(`payment ${paymentId} has ${kept.length} facts, not ${options.ifVersion}`);
    }
    const facts = [...kept, ...bodies.map((body) => ({ ...body, paymentId, atMs: this.clock.nowMs() }))];
    const payment = fold(facts);
    if (payment === undefined) throw new Error('nothing to append');
    this.#facts.set(paymentId, facts);
    if (bodies.some(({ kind }) => kind === 'asked')) this.#askedLast = paymentId;
    return payment;
  }

  async writeProblem(): Promise<string | undefined> {
    return this.unwritable ? 'disk full' : undefined;
  }

  async appendOrphan(orphan: NewOrphan): Promise<void> {
    if (this.refuses(['orphan'])) throw new Error('disk full');
    this.orphansKept.push({ ...orphan, orphanId: this.orphansKept.length + 1, atMs: this.clock.nowMs() });
  }

  async acknowledgeOrphan(orphanId: number, word: Omit<Acknowledgement, 'atMs'>): Promise<Orphan | undefined> {
    const orphan = this.orphansKept.find((kept) => kept.orphanId === orphanId);
    if (orphan !== undefined) orphan.acknowledged ??= { ...word, atMs: this.clock.nowMs() };
    return orphan;
  }

  async payment(paymentId: string): Promise<Payment | undefined> {
    return this.#all().find((payment) => payment.paymentId === paymentId);
  }

  async facts(paymentId: string): Promise<Fact[]> {
    return this.#facts.get(paymentId) ?? [];
  }

  async byToken(token: string): Promise<Payment | undefined> {
    return this.#all().find(({ asked }) => asked?.token === token);
  }

  async byOrderId(orderId: string, limit: number, counting = EVERYTHING): Promise<PaymentsOfOrder> {
    const ofOrder = this.#all().filter(({ order }) => order.orderId === orderId);
    return { payments: thatMatter(ofOrder.reverse().slice(0, limit), counting), isOneLeftOut: false };
  }

  async answeredLater({ fromMs, toMs }: { fromMs: number; toMs: number }): Promise<{ items: Payment[] }> {
    const isThen = (fact: Fact): boolean => fact.kind === 'answered' && fact.atMs >= fromMs && fact.atMs < toMs;
    const items = this.#all().filter(({ acceptedAtMs }) => acceptedAtMs < fromMs);
    return { items: items.filter(({ paymentId }) => this.#facts.get(paymentId)?.some(isThen)) };
  }

  async lastAsked(): Promise<Payment | undefined> {
    return this.#all().find(({ paymentId }) => paymentId === this.#askedLast);
  }

  async byIdempotencyKey(key: string): Promise<Payment | undefined> {
    const all = this.#all();
    return (
      all.findLast(({ order }) => order.idempotencyKey === key) ?? all.find(({ otherKeys }) => otherKeys?.includes(key))
    );
  }

  async untoldByBody(bodyDigest: string): Promise<Payment | undefined> {
    return this.#all().findLast(({ order, toldAtMs }) => order.bodyDigest === bodyDigest && toldAtMs === undefined);
  }

  async unfinished(): Promise<Payment[]> {
    return this.#all().filter(isOpen);
  }

  async awaitingRegistration(limit: number, after?: AcceptedAfter): Promise<Payment[]> {
    return this.#all()
      .filter(({ registration }) => AWAITING.has(registration.status))
      .filter(({ acceptedAtMs }) => after === undefined || acceptedAtMs > after.acceptedAtMs)
      .slice(0, limit);
  }

  async list(): Promise<{ items: Payment[] }> {
    return { items: this.#all().reverse() };
  }

  async parked(limit: number, after = ''): Promise<Payment[]> {
    return this.#all()
      .filter(({ registration, paymentId }) => registration.status === 'parked' && paymentId > after)
      .slice(0, limit);
  }

  async alarmed(limit: number, after = ''): Promise<Payment[]> {
    return this.#all()
      .filter(({ alarms, paymentId }) => alarms.length > 0 && paymentId > after)
      .slice(0, limit);
  }

  async orphans(): Promise<Orphan[]> {
    return [...this.orphansKept].reverse();
  }

  async orphanKept(bytesMasked: string, sinceMs: number): Promise<boolean> {
    const answers = [...this.#facts.values()].flat().filter((fact) => fact.kind === 'answered');
    return [...this.orphansKept, ...answers].some((kept) => kept.bytesMasked === bytesMasked && kept.atMs >= sinceMs);
  }

  async counts() {
    return { unknown: 0, awaitingRegistration: 0, parked: 0, alarms: 0, orphans: this.orphansKept.length };
  }

  async maintain(): Promise<void> {}
  async close(): Promise<void> {}

  /** What the facts of a payment are, in order. */
  kinds(paymentId: string): string[] {
    return (this.#facts.get(paymentId) ?? []).map(({ kind }) => kind);
  }

  #all(): Payment[] {
    if (this.unreadable) throw new Error('disk failed');
    return [...this.#facts.values()].map((facts) => fold(facts)).filter((payment) => payment !== undefined);
  }
}
