import { dirname } from 'node:path';
import { isWorkedOn, whoHolds } from '../journal/data-folder-lock.ts';
import { Misconfigured, WrongUse } from '../wrong-use.ts';
import { cliLimits } from './cli-limits.ts';
import type { CliWorld, Installation } from './cli-world.ts';

/**
 * What config.yml says of the installation. Where it has mistakes, a service that runs is not affected, which is said, and
 * it can be asked as long as it is known how to sign in; of one that does not run the journal can be read.
 */
export async function installationOf(world: CliWorld): Promise<Installation> {
  try {
    return await world.installation();
  } catch (error) {
    if (!(error instanceof WrongUse)) throw error;
    const dataFolder = dirname(world.configFile());
    const isHeld = isWorkedOn(dataFolder);
    const paymentTimeoutMs = cliLimits.longestPaymentMs;
    if (!isHeld && error instanceof Misconfigured) return { served: error, dataFolder, paymentTimeoutMs };
    const port = isHeld ? whoHolds(dataFolder)?.port : undefined;
    if (port === undefined) throw error;
    const goesOn = `The service runs, at http://localhost:${port}, and goes on with what config.yml said when it was started. With what it says now it cannot be started.`;
    const problems = [...error.problems, goesOn];
    const credentials = error instanceof Misconfigured ? error.credentials : undefined;
    if (credentials === undefined) throw new WrongUse(problems);
    for (const problem of problems) world.complain(problem);
    return { served: { port, credentials }, dataFolder, paymentTimeoutMs };
  }
}

/** Where config.yml stands is known whatever its mistakes. */
export async function dataFolderOf(world: CliWorld): Promise<string> {
  try {
    return (await world.installation()).dataFolder;
  } catch (error) {
    if (!(error instanceof Misconfigured)) throw error;
    for (const problem of error.problems) world.complain(problem);
    return dirname(world.configFile());
  }
}
