import { ManualClock } from '../manual-clock.ts';
import { LinkDriver } from './link-driver.ts';
import type { LinkOptions } from './link-owner.ts';
import type { ReceivedMessage } from './link-types.ts';
import type { TraceEvent } from './trace-event.ts';
import { Wire, type WireOptions } from './wire.ts';

/** More than any chain of promises in the link is long. */
const TURNS = 5;

/** Lets promises that are settled have their say. */
export async function settle(turns = TURNS): Promise<void> {
  for (let turn = 0; turn < turns; turn++) await Promise.resolve();
}

/** Lets time pass, timer by timer, and promises in between: as many turns as their longest chain takes. */
export async function passTime(clock: ManualClock, byMs: number, turns = TURNS): Promise<void> {
  const untilMs = clock.monotonicMs() + byMs;
  await settle(turns);
  for (let ms = clock.untilNextMs; ms !== undefined && clock.monotonicMs() + ms <= untilMs; ms = clock.untilNextMs) {
    clock.step();
    await settle(turns);
  }
  clock.advance(untilMs - clock.monotonicMs());
  await settle(turns);
}

/** One driver with what it was told, for tests. */
export class Chair {
  readonly received: ReceivedMessage[] = [];
  readonly events: TraceEvent[] = [];
  /** How often an answer was given up as damaged. */
  damaged = 0;
  readonly driver: LinkDriver;
  /** What becomes of a message that came. */
  keep: (message: ReceivedMessage) => Promise<boolean> = () => Promise.resolve(true);

  constructor(clock: ManualClock, options: Partial<LinkOptions> = {}) {
    const listener = {
      received: (message: ReceivedMessage) => {
        this.received.push(message);
        return this.keep(message);
      },
      answerDamaged: () => {
        this.damaged += 1;
      },
      traced: (event: TraceEvent) => {
        this.events.push(event);
      },
    };
    this.driver = new LinkDriver(clock, listener, { accepts: () => 'at_once', ...options });
  }

  get texts(): string[] {
    return this.received.map(({ data }) => String.fromCharCode(...data));
  }
}

/** A register (left) and a terminal (right) on one wire. */
export class Pair {
  readonly clock = new ManualClock();
  readonly wire: Wire;
  readonly register: Chair;
  readonly terminal: Chair;

  constructor(rules: { register?: Partial<LinkOptions>; terminal?: Partial<LinkOptions>; wire?: WireOptions } = {}) {
    this.wire = new Wire(this.clock, rules.wire);
    this.register = new Chair(this.clock, rules.register);
    this.terminal = new Chair(this.clock, { yields: false, ...rules.terminal });
    for (const [end, { driver }] of [
      ['left', this.register],
      ['right', this.terminal],
    ] as const) {
      const bytes = (heard: Uint8Array) => driver.bytes(heard);
      driver.attach(this.wire.open(end, { bytes, closed: (reason) => driver.detach(reason) }));
    }
  }
}

export function ascii(text: string): Uint8Array {
  return Uint8Array.from(text.replaceAll('·', ' '), (character) => character.charCodeAt(0));
}
