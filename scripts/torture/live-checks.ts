import type { Clock } from '@hipay-ecr/shared/clock.ts';
import { sameBytes } from '@hipay-ecr/shared/concert/frame.ts';
import { factsOf } from '../../packages/service/src/journal/read-payment.ts';
import type { Store } from '../../packages/service/src/journal/store.ts';
import { bytesKey } from '../../packages/service/src/journal/stored-fact.ts';
import { fold } from '../../packages/service/src/payments/fold.ts';
import type { Payment } from '../../packages/service/src/payments/payment.ts';
import type { HipayOrder } from '../../packages/service/src/payments/ports.ts';
import { doubtOf, YOUNG_MS } from './doubt.ts';
import type { History } from './history.ts';
import type { Written } from './line-tap.ts';
import { TIMES } from './station-config.ts';

/** Between ENQ's ACK and our STX (rule 8), and a timer's worth of slack. */
const PROOF_HOLDS_MS = 1_005;
/** A doubt may be told before a failing disk takes it. */
const WRITTEN_LATE_MS = 60_000;
/** As on the line. */
const TYPES = { Debit: '0', Credit: '1' } as const;
/** `payment_timeout` counts from the request; so long after it the frame may have gone out. */
const UNTIL_DEADLINE_MS = TIMES.paymentTimeoutMs - 20_000;

export interface LiveCheckRooms {
  clock: Clock;
  synced(): Store;
  /** Somebody waits for a payment, or asks about one. */
  isAwaited(): boolean;
}

/** What must be on disk at the very moment when something leaves the house (I6), and what may be on the line (I8, I16). */
export class LiveChecks {
  readonly #station: number;
  readonly #history: History;
  readonly #clock: Clock;
  readonly #synced: () => Store;
  readonly #isAwaited: () => boolean;
  /** The payment whose frame is out, as the disk has it. */
  #frame: { paymentId: string; transmissions: number; outMs: number; bytes: Uint8Array } | undefined;

  constructor(station: number, history: History, { clock, synced, isAwaited }: LiveCheckRooms) {
    this.#station = station;
    this.#history = history;
    this.#clock = clock;
    this.#synced = synced;
    this.#isAwaited = isAwaited;
  }

  wrote(written: Written): void {
    switch (written.kind) {
      case 'frame':
        this.#frameOut(written);
        break;
      case 'ack':
        this.#ackOut(written.answers);
        break;
      case 'enquiry':
        this.#enquiryOut();
        break;
      case 'nak':
        if (!written.isDue) this.#breach('I16', 'a NAK that answers nothing');
        break;
      case 'other':
        this.#breach('I16', 'something that is neither a control nor a request was written');
        break;
      case 'end':
        if (!written.endsOurs) this.#breach('I16', 'an EOT that ends nothing of ours');
        if (written.afterNak) this.#frame = undefined;
        break;
    }
  }

  told(payment: Payment): void {
    if (this.#frame?.paymentId === payment.paymentId) this.#frame = undefined;
    if (payment.code === '1107' || payment.code === '1108') return;
    const facts = factsOf(this.#synced(), payment.paymentId);
    const found = resultIn(fold(facts.slice(0, payment.version)));
    if (found === resultIn(payment)) return;
    this.#breach('I6', `${payment.paymentId} is told ${resultIn(payment)}; the disk has it ${found ?? 'not at all'}`);
  }

  /** What was told before must be found again, or be explained by what came after it (I7). */
  restarted(): void {
    for (const { payment, station } of this.#history.of('told')) {
      if (station !== this.#station || payment.code === '1107' || payment.code === '1108') continue;
      const facts = factsOf(this.#synced(), payment.paymentId);
      const found = resultIn(fold(facts.slice(0, payment.version)));
      if (found === resultIn(payment)) continue;
      this.#breach('I7', `${payment.paymentId} was told ${resultIn(payment)}; a restart finds ${found ?? 'nothing'}`);
    }
  }

  /** Each POST has its own fact, which says the same as it. */
  posted({ paymentId, hipayOrderId, merchantId, target }: HipayOrder): void {
    const facts = factsOf(this.#synced(), paymentId);
    const attempts = facts.filter((fact) => fact.kind === 'registering');
    const posts = this.#history.of('posted').filter(({ order }) => order.paymentId === paymentId).length;
    const last = attempts.at(-1);
    const status = fold(facts)?.registration.status;
    if (status === 'registering' && saysTheSame(last, { hipayOrderId, merchantId, target }) && attempts.length >= posts)
      return;
    this.#breach(
      'I6',
      `${paymentId} is posted as ${hipayOrderId}; the disk has ${attempts.length} attempts, ${status}`,
    );
  }

  #frameOut({ request, bytes, proofAgeMs }: Extract<Written, { kind: 'frame' }>): void {
    const row = this.#synced().rowLastAsked();
    const isAsked = row?.state === 'running' && (row.token ?? '').trim() === request.privateData.trim();
    const order = isAsked ? fold(factsOf(this.#synced(), row.paymentId))?.order : undefined;
    if (order?.amountMinor !== request.amountMinor || TYPES[order.transactionType] !== request.type)
      this.#breach('I6', 'a frame goes out that the disk does not know as asked');
    const paymentId = row?.paymentId ?? '';
    const again = this.#frame !== undefined && this.#frame.paymentId === paymentId;
    const transmissions = again && this.#frame !== undefined ? this.#frame.transmissions + 1 : 1;
    const isSame = again && sameBytes(this.#frame?.bytes ?? bytes, bytes);
    if (again && !isSame) this.#breach('I16', `${paymentId}: another frame for the same payment`);
    this.#frame = { paymentId, transmissions, outMs: this.#clock.monotonicMs(), bytes };
    if (transmissions > 3) this.#breach('I16', `${paymentId}: transmission ${transmissions} of one frame`);
    if (proofAgeMs === undefined || (transmissions === 1 && proofAgeMs > PROOF_HOLDS_MS)) {
      this.#breach(
        'I8',
        `${paymentId}: a frame without a proof that the terminal is idle (${proofAgeMs ?? 'none'} ms)`,
      );
    }
    this.#history.add(this.#station, { kind: 'frame_out', paymentId, transmission: transmissions });
  }

  #ackOut(answers: Extract<Written, { kind: 'ack' }>['answers']): void {
    if (answers === 'nothing') this.#breach('I16', 'an ACK that answers nothing');
    if (answers === 'damage') this.#breach('I16', 'an ACK of a frame whose checksum is wrong');
    if (typeof answers === 'string') return;
    const { bytesMasked } = answers;
    this.#history.add(this.#station, { kind: 'acknowledged', bytesMasked });
    const store = this.#synced();
    const key = bytesKey(bytesMasked);
    const isKept = [...store.answersWith(key, 0), ...store.orphansWith(key, 0)].some(
      ({ body }) => JSON.parse(body).bytesMasked === bytesMasked,
    );
    if (!isKept) this.#breach('I6', `ACK of "${bytesMasked}", which is not on disk`);
  }

  /** From the frame on until the answer or the deadline, the terminal is left alone. */
  #enquiryOut(): void {
    this.#keepAlive();
    const frame = this.#frame;
    if (frame === undefined || this.#clock.monotonicMs() - frame.outMs >= UNTIL_DEADLINE_MS) return;
    const row = this.#synced().row(frame.paymentId);
    if (row?.state === 'running') this.#breach('I8', `ENQ while ${frame.paymentId} awaits its answer`);
  }

  /** Nobody waits for this ENQ: what was asked last is not in doubt, or has been for long (rule 10). */
  #keepAlive(): void {
    const last = this.#synced().rowLastAsked();
    if (this.#isAwaited() || last?.state !== 'unknown') return;
    const doubted = doubtOf(last.paymentId, this.#history);
    if (doubted === undefined || this.#clock.uptimeMs() - doubted.trueMs >= YOUNG_MS - WRITTEN_LATE_MS) return;
    this.#breach('I8', `a keep-alive while ${last.paymentId} is in doubt`);
  }

  #breach(invariant: 'I6' | 'I7' | 'I8' | 'I16', what: string): void {
    this.#history.breach(this.#station, invariant, what);
  }
}

/** What a result says of the money. */
function resultIn(payment: Payment | undefined): string | undefined {
  if (payment === undefined) return undefined;
  const { state, code, amountTakenMinor } = payment;
  return [state, code, amountTakenMinor].filter((part) => part !== undefined).join(' ');
}

type Sent = Pick<HipayOrder, 'hipayOrderId' | 'merchantId' | 'target'>;

function saysTheSame(fact: Sent | undefined, { hipayOrderId, merchantId, target }: Sent): boolean {
  return (
    fact?.hipayOrderId === hipayOrderId &&
    fact.merchantId === merchantId &&
    JSON.stringify(fact.target) === JSON.stringify(target)
  );
}
