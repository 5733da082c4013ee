import type { Clock } from '@hipay-ecr/shared/clock.ts';
import { before } from './before.ts';
import type { FactBody } from './fact.ts';
import { NothingRecorded } from './not-asked.ts';
import type { Payment } from './payment.ts';
import type { Journal, Log } from './ports.ts';
import { recordLater } from './record-later.ts';
import type { RunningPayments } from './running-payments.ts';
import type { UnfinishedRecords } from './unfinished-records.ts';

type Of<Kind extends FactBody['kind']> = Extract<FactBody, { kind: Kind }>;

export type NotSent = Of<'not_sent'>;

export interface OpeningRecordRooms {
  journal: Journal;
  running: Pick<RunningPayments, 'asked' | 'changed'>;
  unfinished: UnfinishedRecords;
  clock: Clock;
  log: Log;
}

const UNWRITTEN: NotSent = {
  kind: 'not_sent',
  code: '1107',
  detail: 'the journal could not be written; nothing was sent',
};

/** What is written of a payment until its request is out: that it is asked, and that it was not sent after all. */
export class OpeningRecord {
  readonly #paymentId: string;
  readonly #accepted: Of<'accepted'>;
  readonly #rooms: OpeningRecordRooms;
  #asked: Payment | undefined;
  #intending: Promise<void> | undefined;
  #failure: unknown;
  #isGivenUp = false;

  constructor(paymentId: string, accepted: Of<'accepted'>, rooms: OpeningRecordRooms) {
    this.#paymentId = paymentId;
    this.#accepted = accepted;
    this.#rooms = rooms;
  }

  /** The payment, once its intent is on disk. */
  get asked(): Payment | undefined {
    return this.#asked;
  }

  /** Writes the intent, once, however often the terminal proves to be idle; resolves when the disk has it, or has refused it. */
  intend(asking: Of<'asked'>): Promise<void> {
    this.#intending ??= this.#intend(asking);
    return this.#intending;
  }

  async #intend(asking: Of<'asked'>): Promise<void> {
    const { journal, running } = this.#rooms;
    try {
      this.#asked = await journal.append(this.#paymentId, [this.#accepted, asking]);
      // Once it was given up, the terminal may be asked for another one.
      if (!this.#isGivenUp) running.asked(this.#asked);
    } catch (cause) {
      this.#failure = cause;
    }
  }

  /**
   * Writes that it was not sent; gives the payment as it ended. Rejects with NothingRecorded where the disk does not take it,
   * or has not said so by `latestMs` (monotonic): the till is told so then, and what is written later is owed to nobody.
   */
  async end(why: NotSent, latestMs: number): Promise<Payment> {
    const { running, unfinished, clock } = this.#rooms;
    let ends = UNWRITTEN;
    const record = async (): Promise<Payment | undefined> => {
      // It may have been given up while its intent was being written.
      await this.#intending;
      if (this.#failure !== undefined) return undefined;
      if (!this.#isGivenUp) ends = why;
      return this.#append(this.#asked === undefined ? [this.#accepted, ends] : [ends]);
    };
    const recording = record();
    const ended = await before(latestMs, recording, clock);
    if (ended !== undefined) {
      running.changed(ended);
      return ended;
    }
    this.#isGivenUp = true;
    // What is being written may still come to be, and only then it is known what else there is to write.
    const leftOver = recording.then((late) => {
      if (late !== undefined) running.changed(late);
      recordLater(this.#paymentId, { begins: withoutKey(this.#accepted), ends, told: true }, this.#rooms);
    });
    unfinished.add(leftOver);
    throw new NothingRecorded('The journal cannot be written.', { cause: this.#failure ?? 'the disk takes too long' });
  }

  async #append(facts: FactBody[]): Promise<Payment | undefined> {
    try {
      return await this.#rooms.journal.append(this.#paymentId, facts);
    } catch (cause) {
      this.#failure = cause;
      return undefined;
    }
  }
}

/** Where the disk takes it only later, another payment may have been made with its key by then, which that one stands for. */
function withoutKey(accepted: Of<'accepted'>): Of<'accepted'> {
  const { idempotencyKey: _key, ...order } = accepted.order;
  return { ...accepted, order };
}
