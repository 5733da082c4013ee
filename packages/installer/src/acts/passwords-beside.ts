import { type FieldKey, fieldKeys, fields } from '@hipay-ecr/shared/config/fields.ts';
import { readAnswers } from '@hipay-ecr/shared/config/read-answers.ts';
import type { System, Variables } from './system.ts';

/**
 * The passwords that this config.yml leaves to the environment, as the setup's own has them; `standIn` for one that it has not either.
 * What config.yml holds is not looked for there: the program would take it over that.
 */
export function passwordsBeside(
  configText: string,
  { environment }: Pick<System, 'environment'>,
  standIn?: string,
): Variables {
  const { texts } = readAnswers(configText);
  const found: Variables = {};
  for (const [key, variable] of variables) {
    const value = environment[variable] || standIn;
    if (texts[key] === undefined && value !== undefined) found[variable] = value;
  }
  return found;
}

const variables = fieldKeys.flatMap((key): [FieldKey, string][] => {
  const field: { variable?: string } = fields[key];
  return field.variable === undefined ? [] : [[key, field.variable]];
});
