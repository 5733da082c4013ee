import type { Clock } from '@hipay-ecr/shared/clock.ts';
import type { PrivateFieldHabit } from './answer.ts';
import type { Ledger } from './ledger.ts';
import type { OwedHabit } from './owed-habit.ts';
import type { ScenarioName } from './scenario.ts';
import type { SomeDelays } from './terminal-delays.ts';
import type { TerminalEvent } from './terminal-event.ts';

/** What the scenarios pull out and plug in again. */
export interface Cable {
  unplug(): void;
  replug(): void | Promise<void>;
}

export interface TerminalSettings {
  clock: Clock;
  /** The scenario of every payment; without it the amount decides. */
  always?: ScenarioName | undefined;
  /** `echo` where nothing is said. */
  privateField?: PrivateFieldHabit | undefined;
  delays?: SomeDelays | undefined;
  ledger?: Ledger | undefined;
  /**
   * Sessions tried for one answer, 3 where nothing is said. One that finds nobody is the last, as it consists of three
   * ENQ: three times ENQ and EOT is what pyTeliumManager found waiting in its buffer.
   */
  answerSessions?: number | undefined;
  /** What becomes of an answer that was given up; `forgotten` where nothing is said. */
  owed?: OwedHabit | undefined;
  /** What the request gets that comes again, as its ACK was lost: that again (where nothing is said), or NAK, a payment being open. */
  repeated?: 'nak' | 'ack' | undefined;
  cable?: Cable | undefined;
  happened?: ((event: TerminalEvent) => void) | undefined;
  /** Random where nothing is said; a simulation that must repeat itself brings its own. */
  newChargeId?: (() => string) | undefined;
}
