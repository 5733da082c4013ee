import type { Clock } from '@hipay-ecr/shared/clock.ts';
import type { LineListener } from '@hipay-ecr/shared/concert/line.ts';
import { LinkDriver } from '@hipay-ecr/shared/concert/link-driver.ts';
import type { ProbeResult } from '@hipay-ecr/shared/concert/link-types.ts';
import type { LineSettings } from '@hipay-ecr/shared/config/config.ts';
import { findTarget, type Target } from './find-target.ts';
import { type EndableLine, openSerial, openTcp } from './open-line.ts';
import { portLimits } from './port-limits.ts';
import { openProblem, portProblem } from './port-problem.ts';
import type { PortWorld } from './port-world.ts';
import type { Presence } from './presence.ts';

/** Asks the terminal whether it is there and idle: ENQ, ACK, EOT, and nothing else. */
export async function testTerminal(
  serialPort: string,
  settings: LineSettings,
  world: PortWorld,
  clock: Clock,
): Promise<Presence> {
  const target = await findTarget(serialPort, world);
  if (target.kind === 'none') return target.why;
  if (target.kind === 'serial') {
    const problem = await portProblem(target.path, world);
    if (problem !== undefined) return problem;
  }
  // Nothing is kept here, so nothing is acknowledged: an answer that comes stays with the terminal.
  const driver = new LinkDriver(clock, { received: async () => false }, { accepts: () => 'at_once' });
  const listener: LineListener = {
    bytes: (bytes) => driver.bytes(bytes),
    closed: (reason) => driver.detach(reason),
  };
  let line: EndableLine;
  try {
    line = await open(target, settings, listener);
  } catch (error) {
    const { message } = error as Error;
    if (target.kind === 'tcp') return { at: 'cannot_open', why: message };
    return openProblem(target.path, message, world);
  }
  driver.attach(line);
  const result = await probe(driver);
  await line.end();
  driver.detach('the test is over');
  if (result === 'idle') return { at: 'answers' };
  return result === 'closed' ? { at: 'no_such_port' } : { at: result };
}

function open(target: Exclude<Target, { kind: 'none' }>, settings: LineSettings, listener: LineListener) {
  if (target.kind === 'tcp') return openTcp(target.host, target.port, listener);
  return openSerial(target.path, settings, listener);
}

async function probe(driver: LinkDriver): Promise<ProbeResult> {
  let result = await driver.probe();
  for (let asked = 1; asked < portLimits.probes && result === 'silent'; asked++) result = await driver.probe();
  return result;
}
