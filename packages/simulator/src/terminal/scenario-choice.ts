import { sameBytes } from '@hipay-ecr/shared/concert/frame.ts';
import { type Scenario, type ScenarioName, scenarioForAmount, scenarioNamed } from './scenario.ts';

/** The scenario of one request, through all its transmissions. */
export interface ChosenScenario {
  readonly scenario: Scenario;
  /** How often this request has been answered with NAK. */
  naks: number;
}

/** Which scenario a request gets: the next one queued, else the one for all, else that of its amount. */
export class ScenarioChoice {
  readonly #always: ScenarioName | undefined;
  readonly #queue: ScenarioName[] = [];
  #current: { data: Uint8Array; chosen: ChosenScenario } | undefined;

  constructor(always?: ScenarioName) {
    this.#always = always;
  }

  queue(names: readonly ScenarioName[]): void {
    this.#queue.push(...names);
  }

  /** Takes back what is queued and was not chosen yet. */
  forget(): void {
    this.#queue.length = 0;
  }

  /** The same frame again is the same request, for as long as that one is not settled. */
  forRequest(data: Uint8Array, amountMinor: number): ChosenScenario {
    if (this.#current !== undefined && sameBytes(this.#current.data, data)) return this.#current.chosen;
    const forced = this.#queue.shift() ?? this.#always;
    const scenario = forced === undefined ? scenarioForAmount(amountMinor) : scenarioNamed(forced);
    this.#current = { data, chosen: { scenario, naks: 0 } };
    return this.#current.chosen;
  }

  settled(): void {
    this.#current = undefined;
  }

  /** Where `busy` is forced, the very ENQ before the request goes unheard: `once` for a queued one, `always`, or not. */
  takeBusy(): 'once' | 'always' | undefined {
    if (this.#queue[0] === 'busy') {
      this.#queue.shift();
      return 'once';
    }
    return this.#queue.length === 0 && this.#always === 'busy' ? 'always' : undefined;
  }
}
