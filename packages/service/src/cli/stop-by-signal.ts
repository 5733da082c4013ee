import { OperatingError } from '@hipay-ecr/shared/errors.ts';
import type { Holder } from '../journal/already-running.ts';
import { isWorkedOn, whoHolds } from '../journal/data-folder-lock.ts';
import { cliLimits } from './cli-limits.ts';
import type { CliWorld } from './cli-world.ts';
import { hasLeft } from './has-left.ts';
import { certainService } from './service-process.ts';
import { untilStopped } from './until-stopped.ts';

/** The service to signal where it does not know the credentials of config.yml; who has the data folder may end it all the same. */
export function serviceToSignal(dataFolder: string): Holder {
  const service = certainService(dataFolder);
  if (service !== undefined) return service;
  throw new OperatingError('1000', isWorkedOn(dataFolder) ? byHand(dataFolder) : ofAnother(dataFolder));
}

/** As GET /stop does, without a password: it ends once the payment under way is over. Comes back once it has. */
export async function stopBySignal(service: Holder, dataFolder: string, world: CliWorld): Promise<void> {
  const { pid } = service;
  world.complain(
    `The running service cannot be asked with the credentials of config.yml: its process ${pid} is told to stop, which it does once a payment under way is over.`,
  );
  terminate(pid, world);
  await untilStopped(() => hasLeft(dataFolder, service), cliLimits.longestPaymentMs, world);
}

function terminate(pid: number, world: CliWorld): void {
  try {
    world.terminate(pid);
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    // It ended by itself just now.
    if (code === 'ESRCH') return;
    const what = `The process ${pid} of the service cannot be told to stop (${message}): ask as the user that it runs as.`;
    throw new OperatingError('1000', what, { cause });
  }
}

/** Windows has no such signal: to end a process there is to kill it. */
function byHand(dataFolder: string): string {
  const { pid } = whoHolds(dataFolder) ?? {};
  const process = pid === undefined ? 'its process' : `its process (${pid}, as it says itself)`;
  return `The running service has other credentials than config.yml, and the system does not tell for certain which process it is. Put back the api_username and api_password that were there, ask for the stop again, and change them then. Or, while no payment is under way, end ${process}, on Windows in the Task Manager.`;
}

function ofAnother(dataFolder: string): string {
  return `No service works on the data folder ${dataFolder}: at its port answers that of another one, with other credentials than config.yml. Stop that one with the tp-manager of its own folder, or change local_port in config.yml.`;
}
