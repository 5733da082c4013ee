import { OperatingError } from '@hipay-ecr/shared/errors.ts';
import { cliLimits } from './cli-limits.ts';
import { type CliWorld, EXIT, type ExitStatus } from './cli-world.ts';
import { Connection } from './connection.ts';
import { hold } from './hold.ts';
import { json } from './show-json.ts';
import { strangeAnswer } from './who-answers.ts';

/** Stops the service, after the payment that runs, and comes back once it has ended. `hold`: always-up leaves it so. */
export function stopCommand(options: { hold?: true }, world: CliWorld): Promise<ExitStatus> {
  return Connection.with(world, async (connection) => {
    const { dataFolder, paymentTimeoutMs } = connection.installation;
    // Before it ends: always-up may look at any moment.
    if (options.hold) hold(dataFolder, world.nowMs());
    const answer = await connection.ask({ method: 'GET', path: '/stop' });
    const tell = (stopped: boolean, sentence: string): ExitStatus => {
      world.print(world.asJson() ? json({ stopped, held: options.hold === true }) : sentence);
      return EXIT.fine;
    };
    if (answer === 'down') return tell(false, 'The service was not running.');
    const said = answer.body as { stopped?: boolean; errorDescription?: string } | undefined;
    if (said?.stopped === undefined) {
      const otherwise = 'At the port of the service another program answers: stop that one, or change local_port.';
      const what = strangeAnswer(answer) ?? said?.errorDescription ?? otherwise;
      throw new OperatingError('1000', isOfService(answer) ? what : `${what} ${ofLaunch(options)}`);
    }
    if (!said.stopped) world.complain('A payment is running: the service stops once it is over.');
    const patienceMs = paymentTimeoutMs + cliLimits.stopGraceMs;
    for (let waitedMs = 0; waitedMs <= patienceMs; waitedMs += cliLimits.stopCheckMs) {
      if (await hasEnded(connection)) return tell(true, 'The service has stopped.');
      await world.pause(cliLimits.stopCheckMs);
    }
    throw new OperatingError(
      '1000',
      `The service has not stopped within ${patienceMs / 1000} s. Look at its log (logs, beside config.yml).`,
    );
  });
}

/** Another program's failures carry no code of ours. */
function isOfService({ body }: { body?: unknown }): boolean {
  return (body as { errorCode?: string } | undefined)?.errorCode !== undefined;
}

/** Where another program has the port, the service cannot start, and launch tries again and again. */
function ofLaunch({ hold: isHeld }: { hold?: true }): string {
  return isHeld
    ? 'A launch that is trying to start the service does not try again, and always-up starts nothing, until the next launch.'
    : "A launch that is trying to start the service goes on trying: 'tp-manager stop --hold' ends that, until the next launch.";
}

/** One that ends may cut a connection instead of refusing it. */
async function hasEnded(connection: Connection): Promise<boolean> {
  try {
    return (await connection.ask({ method: 'GET', path: '/version' })) === 'down';
  } catch {
    return false;
  }
}
