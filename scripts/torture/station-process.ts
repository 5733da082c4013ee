import type { Engine } from '../../packages/service/src/engine.ts';
import type { MortalClock } from './mortal-clock.ts';

/** One service and what dies with it. */
export interface Process {
  engine: Engine;
  clock: MortalClock;
  startedMs: number;
  connected: Set<() => void>;
}
