import { answersFile } from './answers.ts';
import { folder, plan } from './each-till.ts';
import { type SetupAtTerminal, setupAtTerminal } from './run-setup.ts';

/** A dialogue on the till of the test that runs, in which only these keys are asked for. */
export function asked(...keys: string[]): SetupAtTerminal {
  return setupAtTerminal(folder.till, answersFile(folder, Object.fromEntries(keys.map((key) => [key, null]))));
}

/** What was answered. */
export const values = (): Record<string, string> => plan().values;

export const SUCCESS = 'Installation completed with success !';
