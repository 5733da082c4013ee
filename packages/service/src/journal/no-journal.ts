import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { isNameAside, journalFile } from './journal-files.ts';

/** Why there is no journal where one should be, in a sentence: none was begun yet, or the last one was set aside. */
export function noJournal(folder: string): string {
  const [missing, aside] = [`There is no journal at ${journalFile(folder)}`, lastSetAside(folder)];
  return aside === undefined
    ? `${missing}: the service has not run with this configuration yet.`
    : `${missing}: the last one was set aside, and is ${aside} now. The service begins a new one when it starts.`;
}

/** The journal that was set aside last, where one was. */
export function lastSetAside(folder: string): string | undefined {
  if (!existsSync(folder)) return undefined;
  const names = readdirSync(folder).filter(isNameAside);
  const [last] = names.toSorted((one, other) => (isLater(one, other) ? -1 : 1));
  return last === undefined ? undefined : join(folder, last);
}

/** `journal-TIME.db`; more of the same second have a number behind it. */
function isLater(one: string, other: string): boolean {
  const [[, time = '', n = '1'], [, otherTime = '', otherN = '1']] = [partsOf(one), partsOf(other)];
  return time === otherTime ? Number(n) > Number(otherN) : time > otherTime;
}

function partsOf(name: string): (string | undefined)[] {
  return /^journal-([^-]+?)(?:-(\d+))?\.db$/.exec(name) ?? [];
}
