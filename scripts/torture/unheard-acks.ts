import type { Written } from './line-tap.ts';
import type { Trouble } from './plan.ts';

export type UnheardAck = Extract<Trouble, { kind: 'unheard_ack' }>;

/** Which of our ACKs of answers do not arrive; the answers are counted as they differ. */
export class UnheardAcks {
  readonly #planned: readonly UnheardAck[];
  #answers = 0;
  #last = '';
  /** How often the present answer has had its ACK from us. */
  #times = 0;

  constructor(planned: readonly UnheardAck[]) {
    this.#planned = planned;
  }

  strikes(written: Written): boolean {
    if (written.kind !== 'ack' || typeof written.answers === 'string') return false;
    const { bytesMasked } = written.answers;
    if (bytesMasked !== this.#last) {
      this.#answers += 1;
      this.#times = 0;
    }
    this.#last = bytesMasked;
    this.#times += 1;
    return this.#planned.some(({ nth, times }) => nth === this.#answers && this.#times <= times);
  }
}
