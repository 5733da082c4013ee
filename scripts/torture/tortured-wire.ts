import type { Clock } from '@hipay-ecr/shared/clock.ts';
import { ENQ, ETX, STX } from '@hipay-ecr/shared/concert/control.ts';
import { Wire, type WireEnd } from '@hipay-ecr/shared/concert/wire.ts';
import type { Trouble, WireFault } from './plan.ts';

type PlannedFault = Extract<Trouble, { kind: 'wire' }>;

/** Where a byte falls among the bytes of one end: an LRC may look like ENQ. */
type Place = 'outside' | 'data' | 'lrc';

/** A wire on which each transfer suffers one fault at most: a byte replaced, lost, doubled or inserted, or a pair lost. */
export class TorturedWire {
  readonly wire: Wire;
  /** Counts every ENQ of either end: each begins a transfer. */
  transfer = 0;
  /** Each strikes once: in its transfer, or the first one after it in which that end sends so many bytes. */
  readonly #planned: PlannedFault[];
  readonly #happened: (fault: WireFault) => void;
  #places: Record<WireEnd, Place> = { left: 'outside', right: 'outside' };
  #indexes: Record<WireEnd, number> = { left: 0, right: 0 };
  /** The fault that the present transfer has had. */
  #spent: PlannedFault | 'other' | undefined;
  #isHealed = false;

  constructor(clock: Clock, planned: readonly PlannedFault[], happened: (fault: WireFault) => void) {
    this.#planned = [...planned];
    this.#happened = happened;
    this.wire = new Wire(clock, { alter: (byte, from) => this.#alter(byte, from) });
  }

  /** Whether something else may go wrong now: a byte out of nowhere, say. It is then the fault of the present transfer. */
  spend(): boolean {
    if (this.#isHealed || this.#spent !== undefined) return false;
    this.#spent = 'other';
    return true;
  }

  heal(): void {
    this.#isHealed = true;
  }

  #alter(byte: number, from: WireEnd): number[] {
    const place = this.#placeOf(byte & 0x7f, from);
    if (place === 'outside' && (byte & 0x7f) === ENQ) {
      this.transfer += 1;
      this.#indexes = { left: 0, right: 0 };
      this.#spent = undefined;
    }
    const index = this.#indexes[from]++;
    const fault = this.#faultAt(from, index);
    if (fault === undefined) return [byte];
    this.#happened(fault);
    switch (fault.kind) {
      case 'replaced':
        return [fault.byte];
      case 'inserted':
        return [fault.byte, byte];
      case 'doubled':
        return [byte, byte];
      case 'lost':
      case 'pair_lost':
        return [];
    }
  }

  #faultAt(from: WireEnd, index: number): WireFault | undefined {
    if (this.#isHealed) return undefined;
    const spent = this.#spent;
    if (spent === 'other') return undefined;
    if (spent !== undefined) {
      const isSecond = spent.fault.kind === 'pair_lost' && spent.from === from && spent.index + 1 === index;
      return isSecond ? spent.fault : undefined;
    }
    const at = this.#planned.findIndex(
      (one) => one.transfer <= this.transfer && one.from === from && one.index === index,
    );
    const [planned] = at === -1 ? [] : this.#planned.splice(at, 1);
    if (planned !== undefined) this.#spent = planned;
    return planned?.fault;
  }

  #placeOf(byte: number, from: WireEnd): Place {
    const place = this.#places[from];
    this.#places[from] = nextPlace(place, byte);
    return place;
  }
}

function nextPlace(place: Place, byte: number): Place {
  if (place === 'lrc') return 'outside';
  if (place === 'data') return byte === ETX ? 'lrc' : 'data';
  return byte === STX ? 'data' : 'outside';
}
