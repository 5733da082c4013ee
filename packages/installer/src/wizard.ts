import { contractKeys, contractKinds } from '@hipay-ecr/shared/config/fields.ts';
import type { Language } from '@hipay-ecr/shared/error-code.ts';
import type { Dialogue } from './dialogue.ts';
import type { InstallationPlan } from './plan.ts';
import { askContracts } from './questions/ask-contracts.ts';
import { askCredentials } from './questions/ask-credentials.ts';
import { askFolder, likelyFolder } from './questions/ask-folder.ts';
import { askLocalInterface } from './questions/ask-local-interface.ts';
import { askPayments } from './questions/ask-payments.ts';
import { askSerialNumber, askSerialPort } from './questions/ask-serial-port.ts';

/** The questions in the documented order. None of them changes anything on the machine. */
const steps: ((dialogue: Dialogue) => Promise<void>)[] = [
  async (dialogue) => dialogue.lookInto(await likelyFolder(dialogue)),
  askCredentials,
  askFolder,
  askSerialPort,
  askSerialNumber,
  askLocalInterface,
  askPayments,
  askContracts,
];

export interface PlanChoices {
  language: Language;
  start: boolean;
  autostart: boolean;
}

/** Asks everything that nobody has answered yet. */
export async function runWizard(dialogue: Dialogue, choices: PlanChoices): Promise<InstallationPlan> {
  for (const step of steps) await step(dialogue);
  dialogue.refuseWhatCannotBe();
  const { folder } = dialogue;
  if (folder === undefined) throw new Error('the folder was neither answered nor refused');
  return { folder, values: valuesOf(dialogue, choices.language), ...choices };
}

/** What was answered, over what was given without being asked for, over what was there. */
function valuesOf(dialogue: Dialogue, language: Language): InstallationPlan['values'] {
  const values: InstallationPlan['values'] = { ...dialogue.unasked() };
  for (const key of contractKinds.flatMap(contractKeys)) delete values[key];
  // Cashiers read the language of whoever installs, where nobody chose one for them.
  if (language !== 'en' && values.language === undefined) values.language = language;
  return { ...values, ...dialogue.values };
}
