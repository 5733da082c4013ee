import { pause } from '@hipay-ecr/shared/clock.ts';
import { realClock } from '@hipay-ecr/simulator/real-clock.ts';
import { Rig } from '../rig.ts';
import { alternate, type Compared } from './alternate.ts';
import { ownCostMs } from './own-cost.ts';

/** A till asks at any moment of what goes on in the background. */
const MOST_PAUSE_MS = 30;

/** With a number that was never there before, or, as of a till that numbers from 1 each day, with one of every day before. */
export type Numbered = 'anew' | 'as ever';

/**
 * A payment with no line speed, HiPay's share apart, over two journals in turns: one measurement after the other over the same two
 * services. Each reads its journal through after the start; `readThrough` resolves once the big one has been.
 */
export class PaymentGrowth {
  readonly readThrough: Promise<void>;
  readonly #empty: Rig;
  readonly #grown: Rig;
  #orders = 0;

  private constructor(empty: Rig, grown: Rig) {
    this.#empty = empty;
    this.#grown = grown;
    this.readThrough = grown.hears(/The journal was read through/);
  }

  static async start(folders: { empty: string; grown: string }): Promise<PaymentGrowth> {
    return new PaymentGrowth(await Rig.start({ folder: folders.empty }), await Rig.start({ folder: folders.grown }));
  }

  measure(times: number, numbered: Numbered): Promise<Compared> {
    // Every number once: an order that is paid is not asked for again.
    const first = this.#orders + 1;
    this.#orders += times + 1;
    const orderId = (n: number): string => (numbered === 'anew' ? `anew-${first + n}` : String(first + n));
    const pay = async (rig: Rig, n: number, other: Rig): Promise<number> => {
      other.pauseService();
      await pause(realClock, Math.random() * MOST_PAUSE_MS);
      try {
        return await ownCostMs(rig, 1 + (n % 90), orderId(n));
      } finally {
        other.resumeService();
      }
    };
    return alternate(
      times,
      (n) => pay(this.#empty, n, this.#grown),
      (n) => pay(this.#grown, n, this.#empty),
    );
  }

  async stop(): Promise<void> {
    await this.#empty.stop();
    await this.#grown.stop();
  }
}
