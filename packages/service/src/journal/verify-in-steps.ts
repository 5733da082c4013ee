import { OperatingError } from '@hipay-ecr/shared/errors.ts';
import { journalLimits } from './journal-limits.ts';
import type { Finding } from './verify-journal.ts';
import type { Ask, JournalResult } from './worker-protocol.ts';

/** Resolves once it should be tried again; false where nobody waits for that. */
export type ReadAgain = (failure: OperatingError) => Promise<boolean>;

export const always = async (): Promise<boolean> => true;
export const never: ReadAgain = async () => false;

/** Reads a journal through in small steps, each of which `mayGoOn` waits for and may refuse, and gives what was found. */
export async function findingsOf(ask: Ask, mayGoOn = always, readAgain = never): Promise<Finding[]> {
  const askPatiently: Ask = (method, ...args) => asOftenAs(readAgain, () => ask(method, ...args));
  for (;;) {
    const found = await steps(askPatiently, mayGoOn);
    if (found.length === 0 || (await isReadable(ask, readAgain))) return found;
  }
}

async function steps(ask: Ask, mayGoOn: () => Promise<boolean>): Promise<Finding[]> {
  const all = (await mayGoOn()) ? await ask('verifyStructure') : [];
  for (let after: string | undefined = ''; after !== undefined && all.length < journalLimits.damagesNamed; ) {
    if (!(await mayGoOn())) break;
    const step: JournalResult<'verifySome'> = await ask('verifySome', after);
    all.push(...step.found);
    after = step.next;
  }
  for (let skip: number | undefined = 0; skip !== undefined && all.length < journalLimits.damagesNamed; ) {
    const step: JournalResult<'verifyOrphans'> = await ask('verifyOrphans', skip);
    all.push(...step.found);
    skip = step.next;
  }
  return all.slice(0, journalLimits.damagesNamed);
}

/** Whether it is at once; resolves once it is. */
async function isReadable(ask: Ask, readAgain: ReadAgain): Promise<boolean> {
  let wasReadable = true;
  await asOftenAs(
    async (failure) => {
      wasReadable = false;
      return readAgain(failure);
    },
    () => ask('readThrough'),
  );
  return wasReadable;
}

/** For as long as `readAgain` says so, what the journal could not do is asked of it again. */
export async function asOftenAs<T>(readAgain: ReadAgain, read: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await read();
    } catch (cause) {
      if (!(cause instanceof OperatingError) || !(await readAgain(cause))) throw cause;
    }
  }
}
