import { OperatingError } from '@hipay-ecr/shared/errors.ts';
import { cliLimits } from './cli-limits.ts';
import type { CliWorld } from './cli-world.ts';

/** Comes back once the service has ended, which may take as long as a payment; throws where it has not by then. */
export async function untilStopped(
  hasEnded: () => boolean | Promise<boolean>,
  paymentMs: number,
  world: CliWorld,
): Promise<void> {
  const patienceMs = paymentMs + cliLimits.stopGraceMs;
  for (let waitedMs = 0; waitedMs <= patienceMs; waitedMs += cliLimits.stopCheckMs) {
    if (await hasEnded()) return;
    await world.pause(cliLimits.stopCheckMs);
  }
  const what = `The service has not stopped within ${patienceMs / 1000} s. Look at its log (logs, beside config.yml).`;
  throw new OperatingError('1000', what);
}
