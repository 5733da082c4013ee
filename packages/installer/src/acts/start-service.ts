import { pause } from '@hipay-ecr/shared/clock.ts';
import type { InstallationPlan } from '../plan.ts';
import { Interrupted } from '../prompter.ts';
import { type ActSentences, actSentences } from './act-sentences.ts';
import { actsLimits } from './acts-limits.ts';
import { askLocally, type LocalAnswer, localServiceOf, versionIn } from './local-service.ts';
import type { Place } from './place.ts';
import { isKeptUp } from './running-file.ts';
import type { Background, System } from './system.ts';

/** `version` where it serves tills; else why not, its own last words among it. */
export type StartOutcome = { started: true; version: string } | { started: false; why: string[] };

/** Starts the service by launch, which keeps it up from then on, and waits until it serves. */
export async function startService(
  place: Place,
  plan: InstallationPlan,
  system: System,
  interrupted: AbortSignal,
): Promise<StartOutcome> {
  const sentences = actSentences(plan.language);
  const before = ((await system.files.read(place.logFile)) ?? '').length;
  await system.files.remove(place.holdFile);
  const background = launch(place, system);
  const service = localServiceOf(plan.values);
  if (service === undefined) throw new Error('the plan has no local interface');
  let hasEnded = false;
  void background.ended.then(() => {
    hasEnded = true;
  });
  const untilMs = system.clock.monotonicMs() + actsLimits.startMs;
  for (;;) {
    if (interrupted.aborted) throw new Interrupted(sentences.leftStarting(plan.folder, place.logFile));
    const endedBefore = hasEnded;
    const answer = await askLocally(service, '/version');
    const version = versionIn(answer);
    // The whole house is open once its health can be asked; what ails it (a terminal that is not there yet, say) is for status.
    if (version !== undefined && isHealth(await askLocally(service, '/health'))) return { started: true, version };
    // Cron may have been faster by a moment: then it ends in favour of the one that cron started, and that is waited for.
    const isOver = endedBefore && !(await isKeptUp(place, system));
    if (isOver || system.clock.monotonicMs() > untilMs) {
      const seconds = actsLimits.startMs / 1_000;
      const what = isOver ? sentences.ended(place.logFile) : sentences.notServing(seconds, place.logFile);
      return { started: false, why: await whyNot(what, answer, before, { place, plan, system, sentences }) };
    }
    await pause(system.clock, actsLimits.lookAgainMs);
  }
}

/** What keeps the service up from then on. */
export function launch(place: Place, system: System): Background {
  const { launch: script, logFile } = place;
  if (system.platform !== 'win32') return system.startInBackground(script, ['--foreground'], logFile);
  const interpreter = system.environment.ComSpec ?? 'cmd.exe';
  return system.startInBackground(interpreter, ['/d', '/s', '/c', `""${script}" --foreground"`], `${logFile}.setup`);
}

function isHealth(answer: LocalAnswer): boolean {
  return typeof answer !== 'string' && (answer.status === 200 || answer.status === 503);
}

async function whyNot(
  what: string,
  answer: LocalAnswer,
  before: number,
  { place, plan, system, sentences }: { place: Place; plan: InstallationPlan; system: System; sentences: ActSentences },
): Promise<string[]> {
  const log = ((await system.files.read(place.logFile)) ?? '').slice(before).slice(-actsLimits.lastLinesBytes);
  const lines = log.split(/\r?\n/).filter((line) => line.trim() !== '');
  const other = typeof answer !== 'string' ? [sentences.otherAnswers(Number(plan.values.local_port))] : [];
  return [...other, what, ...lines.slice(-actsLimits.lastLines).map((line) => `  ${line}`)];
}
