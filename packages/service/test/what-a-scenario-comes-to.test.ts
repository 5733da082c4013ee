import { scenarios, type Told } from '@hipay-ecr/simulator/terminal/scenario.ts';
import type { SomeDelays } from '@hipay-ecr/simulator/terminal/terminal-delays.ts';
import { openHouse } from './support/house.ts';
import { HurriedClock } from './support/hurried-clock.ts';
import { until } from './support/until.ts';

const PAYMENT_TIMEOUT_MS = 180_000;
/** No customer takes his time, but for the one who comes too late; the cable is out for longer than the answer is tried. */
const DELAYS: SomeDelays = {
  ...{ paymentMs: 20, slowPaymentMs: 100, retryMs: 50, retryUnpluggedMs: 50 },
  unpluggedMs: PAYMENT_TIMEOUT_MS,
};
/** By then the terminal has said whatever it says in time. */
const SAYS_NO_MORE = { silent: 'decided', late: 'request_taken' } as Record<string, string>;

/** The table of the README is made from what is compared here. */
test.concurrent.each(scenarios)('$name: what the till gets', async ({ amountMinor = 1_250, name, told }) => {
  const clock = new HurriedClock(4);
  const house = await openHouse({
    clock,
    config: { paymentTimeoutMs: PAYMENT_TIMEOUT_MS },
    terminal: { delays: DELAYS },
  });
  try {
    const endsMs = clock.monotonicMs() + PAYMENT_TIMEOUT_MS;
    const answer = house.pay({ amount: amountMinor / 100, order_id: 'first' });
    if (told?.late) {
      const last = SAYS_NO_MORE[name] ?? 'answer_dropped';
      await until(() => house.events.some(({ kind }) => kind === last));
      clock.leap(endsMs - clock.monotonicMs());
    }
    expect((await answer).body).toMatchObject(toldTo(told));
  } finally {
    await house.close();
  }
});

function toldTo(told: Told | undefined): object {
  if (told === undefined) return { paymentStatus: 'SUCCESS', outcome: 'approved' };
  const { outcome, errorCode } = told;
  return { paymentStatus: 'FAILURE', outcome, errorCode };
}
