import { isWorkedOn, whoHolds } from '../journal/data-folder-lock.ts';

/** Why nobody answers at the port of a service whose data folder somebody has; undefined where nobody has it: it is not running. */
export function inBetween(dataFolder: string): string | undefined {
  if (!isWorkedOn(dataFolder)) return undefined;
  const { pid } = whoHolds(dataFolder) ?? {};
  const who = pid === undefined ? 'another process' : `process ${pid}`;
  return `The service does not answer, and ${who} has its data folder: the service while it starts or ends, or a command that works on the journal. Ask again in a moment.`;
}
