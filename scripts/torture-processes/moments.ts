import type { Act, Moment, Strike } from './plan.ts';

/** Counts the moments as they come, and strikes when it is time. */
export class Moments {
  readonly #strikes: Strike[];
  readonly #act: (act: Act) => void;
  readonly #counts = new Map<Moment, number>();
  #isOver = false;

  constructor(strikes: readonly Strike[], act: (act: Act) => void) {
    this.#strikes = [...strikes];
    this.#act = act;
  }

  reach(moment: Moment): void {
    const count = (this.#counts.get(moment) ?? 0) + 1;
    this.#counts.set(moment, count);
    for (const strike of this.#strikes) {
      if (strike.moment !== moment || strike.nth !== count) continue;
      // Real milliseconds, as it is the real process that they are to hit somewhere.
      if (strike.lateMs > 0) setTimeout(() => this.#strike(strike.act), strike.lateMs);
      else this.#strike(strike.act);
    }
  }

  /** Nothing more goes wrong. */
  end(): void {
    this.#isOver = true;
  }

  #strike(act: Act): void {
    if (!this.#isOver) this.#act(act);
  }
}
