import { pause } from '@hipay-ecr/shared/clock.ts';
import { readAnswers } from '@hipay-ecr/shared/config/read-answers.ts';
import type { Language } from '@hipay-ecr/shared/error-code.ts';
import { OperatingError } from '@hipay-ecr/shared/errors.ts';
import type { Tell } from '../plan.ts';
import { Interrupted } from '../prompter.ts';
import { actSentences } from './act-sentences.ts';
import { actsLimits } from './acts-limits.ts';
import { askLocally, type LocalService, localServiceOf } from './local-service.ts';
import type { Place } from './place.ts';
import { isKeeper, readKeeperFile, readRunningFile } from './running-file.ts';
import type { System } from './system.ts';

/** Somebody starts it again; nobody does; nor is it started with the computer any more. */
export type IfLeft = 'comesBack' | 'ends' | 'endsForGood';

export interface StopRequest {
  /** Its config.yml. */
  configText: string | undefined;
  language: Language;
  interrupted: AbortSignal;
  /** What becomes of it where the person does not wait for its end. */
  ifLeft: IfLeft;
  /** Hears at once that a payment is waited for, for how long at most, and how to leave. */
  tell: Tell;
}

/**
 * Stops what runs in this place, the original connector too: as documented by GET /stop, after the payment under way; where
 * that is not heard, by a signal, which means the same to tp-manager. Tells whether anything ran.
 */
export async function stopService(
  place: Place,
  { configText, language, interrupted, ifLeft, tell }: StopRequest,
  system: System,
): Promise<boolean> {
  const asked = await askToStop(place, configText, system);
  const running = await readRunningFile(place, system);
  const keeper = await readKeeperFile(place, system);
  // One that heard GET /stop is ours by whatever name it was started; else another till's may have got the number of one that is gone.
  const itsName = asked === undefined ? await system.files.realPath(place.binFolder) : 'tp-manager';
  const lives = (): boolean => running !== undefined && system.isRunning(running.pid, itsName);
  const isKept = (): Promise<boolean> => isKeeper(keeper, place, system);
  if (asked === undefined && !lives() && !(await isKept())) return false;
  if (asked === undefined) {
    // The keeper passes it on, and ends with it; alone it only waits to try again.
    if (await isKept()) system.terminate(keeper);
    else if (running !== undefined) system.terminate(running.pid);
  }
  const sinceMs = system.clock.monotonicMs();
  const { waits, ifLeft: leavings } = actSentences(language);
  const leaving = leavings[ifLeft];
  let isTold = false;
  for (;;) {
    const listens = asked !== undefined && (await askLocally(asked, '/version')) !== 'down';
    if (!listens && !lives() && !(await isKept())) return true;
    const waitedMs = system.clock.monotonicMs() - sinceMs;
    if (waitedMs > actsLimits.stopMs) throw notStopped(place, language);
    if (interrupted.aborted) throw new Interrupted(leaving.after(place.folder, place.launch));
    if (!isTold && (asked?.isBusy || waitedMs > actsLimits.promptStopMs)) {
      tell(`${waits(actsLimits.stopMs / 1_000)} ${leaving.before}`);
      isTold = true;
    }
    await pause(system.clock, actsLimits.lookAgainMs);
  }
}

/** The service that has heard GET /stop; busy where it ends after a payment. */
async function askToStop(
  place: Place,
  configText: string | undefined,
  system: System,
): Promise<(LocalService & { isBusy: boolean }) | undefined> {
  const configured = localServiceOf(readAnswers(configText ?? '').texts);
  if (configured === undefined) return undefined;
  const running = await readRunningFile(place, system);
  for (const port of new Set([running?.port ?? configured.port, configured.port])) {
    const service = { ...configured, port };
    const answer = await askLocally(service, '/stop');
    if (typeof answer === 'string' || answer.status !== 200) continue;
    // Another program that happens to listen at this port would answer something else.
    const { stopped } = (answer.body ?? {}) as { stopped?: unknown };
    if (typeof stopped === 'boolean') return { ...service, isBusy: !stopped };
  }
  return undefined;
}

function notStopped({ folder }: Place, language: Language): OperatingError {
  return new OperatingError('1000', actSentences(language).notStopped(folder, actsLimits.stopMs / 1_000));
}
