import type { ConfigChanges } from '@hipay-ecr/shared/config/config-changes.ts';
import { writeConfigYaml } from '@hipay-ecr/shared/config/config-yaml.ts';
import { contractKeys, contractKinds } from '@hipay-ecr/shared/config/fields.ts';
import { parseConfig } from '@hipay-ecr/shared/config/parse-config.ts';
import { OperatingError } from '@hipay-ecr/shared/errors.ts';
import type { InstallationPlan } from '../plan.ts';
import { actSentences } from './act-sentences.ts';

/**
 * The config.yml of the plan. What was there keeps its comments and the keys that nobody knows; a contract that is not in the
 * plan goes. Nothing that the service would refuse is ever written.
 */
export function configTextOf(
  { values, language }: InstallationPlan,
  existing: string | undefined,
  configFile: string,
): string {
  const changes: ConfigChanges = { ...values };
  for (const kind of contractKinds) {
    const keys = contractKeys(kind);
    if (keys.every((key) => values[key] === undefined)) for (const key of keys) changes[key] = null;
  }
  const text = writeConfigYaml(changes, { language, ...(existing !== undefined && { existing }) });
  const parsed = parseConfig(text, {});
  if (!parsed.ok) {
    const { mendFirst, problem: told } = actSentences(language);
    const mistakes = parsed.problems.map((problem) => told(problem, configFile));
    throw new OperatingError('1000', [mendFirst, ...mistakes].join('\n'));
  }
  return text;
}
