import { dirname } from 'node:path';
import { OperatingError } from '@hipay-ecr/shared/errors.ts';
import type { Holder } from '../journal/already-running.ts';
import { isWorkedOn, whoHolds } from '../journal/data-folder-lock.ts';
import { WrongUse } from '../wrong-use.ts';
import { type CliWorld, EXIT, type ExitStatus } from './cli-world.ts';
import { Connection } from './connection.ts';
import { isAnothers } from './has-left.ts';
import { hold } from './hold.ts';
import { inBetween } from './in-between.ts';
import { certainService } from './service-process.ts';
import { json } from './show-json.ts';
import { serviceToSignal, stopBySignal } from './stop-by-signal.ts';
import { untilStopped } from './until-stopped.ts';
import { knowsOthers, strangeAnswer } from './who-answers.ts';

interface Options {
  hold?: true;
}

/** Stops the service, after the payment that runs, and comes back once it has ended. `hold`: always-up leaves it so. */
export async function stopCommand(options: Options, world: CliWorld): Promise<ExitStatus> {
  try {
    return await Connection.with(world, (connection) => stopOrThrow(options, world, connection));
  } catch (error) {
    const dataFolder = dirname(world.configFile());
    // What cannot be read of config.yml is not needed where it is certain who is meant.
    if (!(error instanceof WrongUse) || certainService(dataFolder) === undefined) throw error;
    for (const problem of error.problems) world.complain(problem);
    if (options.hold) hold(dataFolder, world.nowMs());
    return signalled(options, world, dataFolder);
  }
}

async function stopOrThrow(options: Options, world: CliWorld, connection: Connection): Promise<ExitStatus> {
  const { dataFolder, paymentTimeoutMs } = connection.installation;
  // Before it ends: always-up may look at any moment.
  if (options.hold) hold(dataFolder, world.nowMs());
  const answer = await connection.ask({ method: 'GET', path: '/stop' });
  if (answer === 'down') {
    connection.complainOfConfig();
    const between = inBetween(dataFolder);
    if (between !== undefined) throw new OperatingError('1000', between);
    return tell(options, world, false);
  }
  const service = whoHolds(dataFolder);
  if (knowsOthers(answer.body)) return signalled(options, world, dataFolder);
  const said = answer.body as { stopped?: boolean; errorDescription?: string } | undefined;
  if (said?.stopped === undefined) {
    const otherwise = 'At the port of the service another program answers: stop that one, or change local_port.';
    const what = strangeAnswer(answer) ?? said?.errorDescription ?? otherwise;
    throw new OperatingError('1000', isOfService(answer) ? what : `${what} ${ofLaunch(options)}`);
  }
  if (!said.stopped) world.complain('A payment is running: the service stops once it is over.');
  await untilStopped(() => hasEnded(connection, service), paymentTimeoutMs, world);
  return tell(options, world, true);
}

async function signalled(options: Options, world: CliWorld, dataFolder: string): Promise<ExitStatus> {
  await stopBySignal(serviceToSignal(dataFolder), dataFolder, world);
  return tell(options, world, true);
}

function tell(options: Options, world: CliWorld, stopped: boolean): ExitStatus {
  const sentence = stopped ? 'The service has stopped.' : 'The service was not running.';
  world.print(world.asJson() ? json({ stopped, held: options.hold === true }) : sentence);
  return EXIT.fine;
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

/** It has its data folder for longer than its port, and until then no other can start. One that ends may cut a connection instead of refusing it. */
async function hasEnded(connection: Connection, service: Holder | undefined): Promise<boolean> {
  const { dataFolder } = connection.installation;
  if (service !== undefined && isAnothers(dataFolder, service)) return true;
  if (isWorkedOn(dataFolder)) return false;
  try {
    return (await connection.ask({ method: 'GET', path: '/version' })) === 'down';
  } catch {
    return false;
  }
}
