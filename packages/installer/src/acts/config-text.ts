import { type ConfigChanges, writeConfigYaml } from '@hipay-ecr/shared/config/config-yaml.ts';
import { contractKeys, contractKinds } from '@hipay-ecr/shared/config/fields.ts';
import { describeProblem, parseConfig } from '@hipay-ecr/shared/config/parse-config.ts';
import { OperatingError } from '@hipay-ecr/shared/errors.ts';
import type { InstallationPlan } from '../plan.ts';

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
    const mistakes = parsed.problems.map((problem) => describeProblem(problem, configFile));
    throw new OperatingError('1000', ['The earlier config.yml has to be mended first:', ...mistakes].join('\n'));
  }
  return text;
}
