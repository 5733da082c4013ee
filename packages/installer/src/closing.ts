import { join } from 'node:path';
import { writeConfigYaml } from '@hipay-ecr/shared/config/config-yaml.ts';
import { documentedConfig } from '@hipay-ecr/shared/config/documented-config.ts';
import { fieldKeys, fields } from '@hipay-ecr/shared/config/fields.ts';
import { parseConfig } from '@hipay-ecr/shared/config/parse-config.ts';
import { HIDDEN, redactConfig } from '@hipay-ecr/shared/masked.ts';
import type { Messages } from './messages/messages.ts';
import type { InstallationPlan, Tell } from './plan.ts';
import { type Prompter, sayingIfLeft } from './prompter.ts';
import type { SetupWorld } from './world.ts';

export const EXIT = { done: 0, failed: 1, wrongUse: 2, interrupted: 130 } as const;

/**
 * The configuration as the documentation prints it; without its secrets where not a person at a terminal reads it. The documented
 * dialogue has the documented keys alone; the log of an unattended setup has what was set beside them, too.
 */
export function printConfig(
  plan: InstallationPlan,
  { messages, world, isAttended }: { messages: Messages; world: SetupWorld; isAttended: boolean },
): void {
  const parsed = parseConfig(writeConfigYaml(plan.values, { language: plan.language }), {});
  if (!parsed.ok) throw new Error(`the answers make no configuration: ${JSON.stringify(parsed.problems)}`);
  const config = world.printsToTerminal ? parsed.config : redactConfig(parsed.config);
  const style = world.platform === 'win32' ? 'windows' : 'linux';
  world.print(messages.configFollows);
  world.print(
    JSON.stringify({ ...documentedConfig(config, style), ...(isAttended ? {} : besideIt(plan, world)) }, null, 2),
  );
}

/** The keys that no dialogue shows: another gateway, say, is not to go unseen. */
function besideIt({ values }: InstallationPlan, { printsToTerminal }: SetupWorld): Record<string, string> {
  const optional = fieldKeys.filter((key) => fields[key].presence === 'optional');
  return Object.fromEntries(
    optional.flatMap((key): [string, string][] => {
      const text = values[key];
      if (text === undefined) return [];
      return [[key, fields[key].secret && !printsToTerminal ? HIDDEN : text]];
    }),
  );
}

/** Whether the documented keys are waited for: on Windows, where a person sits there. */
export function waitsForKeys(world: SetupWorld, prompter: Prompter | undefined, yes: boolean): boolean {
  return world.platform === 'win32' && prompter !== undefined && !yes;
}

/** Installs, tells what was installed, starts. Returns the exit status. */
export async function installAndClose(
  plan: InstallationPlan,
  {
    world,
    messages,
    prompter,
    yes,
  }: { world: SetupWorld; messages: Messages; prompter: Prompter | undefined; yes: boolean },
): Promise<number> {
  const during = <T>(text: string, work: Promise<T>) => prompter?.during(text, work) ?? work;
  const launch = join(plan.folder, world.platform === 'win32' ? 'launch.cmd' : 'launch.sh');
  const keys = waitsForKeys(world, prompter, yes);
  const startsLater = keys && plan.start;
  const tell: Tell = (line) => (prompter === undefined ? world.print(line) : prompter.say(line));
  const act = world.acts.install({ ...plan, start: plan.start && !startsLater }, tell);
  let result = await during(messages.working, act);
  world.print(messages.done);
  const isAttended = prompter !== undefined && !yes;
  printConfig(plan, { messages, world, isAttended });
  world.print(messages.configFile);
  world.print(result.configFile);
  for (const note of result.notes) world.print(note);
  // A person at a terminal sees the documented dialogue; whoever reads the log of an unattended setup sees more.
  const asides = [...(world.isRoot ? [messages.asRoot] : []), ...(result.asides ?? [])];
  if (!isAttended) for (const aside of asides) world.print(aside);
  if (startsLater) {
    await sayingIfLeft(messages.notStarted(launch), prompter?.anyKey(messages.pressToStart) ?? Promise.resolve());
    result = await during(messages.starting, world.acts.start(plan));
    for (const note of result.notes) world.print(note);
  }
  if (!plan.start) world.print(messages.notStarted(launch));
  else if (!result.started) world.printError(messages.startFailed(launch));
  else if (!keys) world.print(messages.started);
  if (keys) await prompter?.anyKey(messages.pressToExit);
  return plan.start && !result.started ? EXIT.failed : EXIT.done;
}
