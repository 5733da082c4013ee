import { ManualClock } from '@hipay-ecr/shared/manual-clock.ts';
import type { Charge } from '@hipay-ecr/simulator/terminal/ledger.ts';
import type { FactBody } from '../../packages/service/src/payments/fact.ts';
import { paymentOf } from '../../packages/service/src/payments/payment.fixture.ts';
import type { Evidence, StationEvidence } from './evidence.ts';
import { type Event, History } from './history.ts';

export const charge = { chargeId: 'CHARGE', amountMinor: 12_000, approved: true } as Charge;

const frameOut = (transmission: number): Event => ({ kind: 'frame_out', paymentId: 'P1', transmission });
/** P1's frame, refused each time. */
export const thrice = [frameOut(1), frameOut(2), frameOut(3)];

/** A history that a test writes itself, event by event. */
export class WrittenHistory {
  readonly clock = new ManualClock();
  readonly history = new History(this.clock);

  /** What happens at station 0, a millisecond apart; a number is a time that passes before the next. */
  happen(...events: (Event | number)[]): void {
    for (const event of events) {
      this.clock.advance(typeof event === 'number' ? event : 1);
      if (typeof event !== 'number') this.history.add(0, event);
    }
  }

  /** With what one station has in the end. */
  evidence(
    payments: Record<string, FactBody[]>,
    charges: StationEvidence['charges'],
    orderIdScope: StationEvidence['plan']['orderIdScope'] = 'day',
  ): Evidence {
    const folded = Object.entries(payments).map(
      ([paymentId, facts]) => [paymentId, paymentOf(facts, paymentId)] as const,
    );
    const plan = { stations: [{ orderIdScope }], troubles: [] as unknown };
    const station = { station: 0, plan: plan.stations[0], payments: new Map(folded), charges };
    return { plan, history: this.history, stations: [station], orders: [] } as unknown as Evidence;
  }
}
