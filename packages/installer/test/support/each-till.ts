import { join } from 'node:path';
import { afterEach, beforeEach } from '@jest/globals';
import { madeUpTill, type TillFolder } from './made-up-till.ts';
import { deedsOf, type SetupRun, setupWithoutTerminal } from './run-setup.ts';

/** The made-up till of the test that runs. */
export let folder: TillFolder;
beforeEach(() => {
  folder = madeUpTill();
});
afterEach(() => folder.remove());

/** Runs the setup on it, without a terminal. */
export const run = (args: string[], variables?: Record<string, string>): Promise<SetupRun> =>
  setupWithoutTerminal(folder.till, args, variables);

export const configFile = (): string => join(folder.root, 'connector/hipay/ecr-connector/bin/data/config.yml');

/** What was to be installed. */
export const plan = () => deedsOf(folder.till)[0]?.plan as { values: Record<string, string>; start: boolean };
