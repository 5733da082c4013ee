import { EOT } from '@hipay-ecr/shared/concert/control.ts';
import type { TerminalEvent } from '@hipay-ecr/simulator/terminal/terminal-event.ts';
import type { House } from './house.ts';
import type { Answer } from './http-call.ts';
import type { HurriedClock } from './hurried-clock.ts';
import { until } from './until.ts';

/** No machine is so busy that this goes by: the test lets it. */
export const PAYMENT_TIMEOUT_MS = 180_000;

/** An order that the terminal takes and never answers. Its time is over as soon as only an answer is waited for. */
export async function payInSilence(house: House, clock: HurriedClock, orderId: string): Promise<Answer> {
  const before = house.events.length;
  const told = house.pay({ amount: 100.05, order_id: orderId });
  await until(() => isWaitedFor(house.events.slice(before)));
  clock.leap(PAYMENT_TIMEOUT_MS);
  return told;
}

/** The terminal has the request, and the register has hung up. */
function isWaitedFor(events: TerminalEvent[]): boolean {
  const taken = events.findIndex(({ kind }) => kind === 'request_taken');
  return events
    .slice(taken < 0 ? events.length : taken)
    .some((event) => event.kind === 'line' && event.event.direction === 'in' && event.event.bytes?.[0] === EOT);
}
