import type { Cancel } from '@hipay-ecr/shared/clock.ts';
import type { Line } from '@hipay-ecr/shared/concert/line.ts';
import { ByteSchedule } from './byte-schedule.ts';
import { type PreciseClock, realPreciseClock } from './precise-clock.ts';
import type { PortListener } from './terminal-port.ts';

/**
 * A pseudo-terminal and a socket are as fast as memory; this stands before their listener and makes both directions as
 * slow as `baud`. Each piece is handed on when its last byte would have arrived.
 */
export function paced(baud: number, listener: PortListener, clock: PreciseClock = realPreciseClock): PortListener {
  let incoming: DelayedPieces | undefined;
  let outgoing: DelayedPieces | undefined;
  return {
    opened(line) {
      incoming = new DelayedPieces(baud, clock);
      outgoing = new DelayedPieces(baud, clock);
      listener.opened(pacedLine(line, outgoing));
    },
    bytes(bytes) {
      const copy = Uint8Array.from(bytes);
      incoming?.push(copy.length, () => listener.bytes(copy));
    },
    closed(reason) {
      incoming?.stop();
      outgoing?.stop();
      listener.closed(reason);
    },
  };
}

function pacedLine(line: Line, outgoing: DelayedPieces): Line {
  return {
    write(bytes, handedOver) {
      const copy = Uint8Array.from(bytes);
      outgoing.push(copy.length, () => line.write(copy));
      // The operating system would have them now; how long they travel is not the writer's business.
      if (handedOver !== undefined) queueMicrotask(handedOver);
    },
    close() {
      outgoing.stop();
      line.close();
    },
  };
}

/** Pieces under way in one direction; they arrive in order, one timer at a time. */
class DelayedPieces {
  readonly #schedule: ByteSchedule;
  readonly #clock: PreciseClock;
  #underWay: { dueMs: number; arrive: () => void }[] = [];
  #cancel: Cancel | undefined;

  constructor(baud: number, clock: PreciseClock) {
    this.#schedule = new ByteSchedule(baud);
    this.#clock = clock;
  }

  push(count: number, arrive: () => void): void {
    this.#underWay.push({ dueMs: this.#schedule.arrivalMs(this.#clock.nowMs(), count), arrive });
    if (this.#underWay.length === 1) this.#await();
  }

  stop(): void {
    this.#cancel?.();
    this.#underWay = [];
  }

  #await(): void {
    const next = this.#underWay[0];
    if (next === undefined) return;
    this.#cancel = this.#clock.at(next.dueMs, () => {
      next.arrive();
      this.#underWay.shift();
      this.#await();
    });
  }
}
