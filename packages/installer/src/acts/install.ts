import { type InstallationPlan, type InstallationResult, silently, type Tell } from '../plan.ts';
import { Interrupted } from '../prompter.ts';
import { actSentences } from './act-sentences.ts';
import { setUpAutostart } from './autostart.ts';
import { closeToOthers } from './close-to-others.ts';
import { configTextOf } from './config-text.ts';
import { discard, putInPlace, stageFiles } from './lay-out.ts';
import { askForNewestVersion, type Offer, offerSentence } from './newest-version.ts';
import { oneAtATime } from './one-at-a-time.ts';
import { type Place, placeOf } from './place.ts';
import { type Rescue, standBy } from './rescue.ts';
import { launch, startService } from './start-service.ts';
import { stopService } from './stop-service.ts';
import type { System } from './system.ts';
import { versionName } from './version-name.ts';

/**
 * Carries the plan out, whole or not at all: everything is made beside its place, what runs is stopped, then each file takes its
 * place in one step. Journal and configuration of an earlier installation stay, as do an original connector's.
 */
export async function install(
  plan: InstallationPlan,
  system: System,
  tell: Tell = silently,
): Promise<InstallationResult> {
  const done = new AbortController();
  const { platform, architecture } = system;
  const offer = askForNewestVersion(plan.values, { platform, architecture, signal: done.signal });
  const sentences = actSentences(plan.language);
  const place = placeOf(plan.folder, platform, system.source.kind);
  try {
    return await oneAtATime(plan.folder, sentences, system, () =>
      system.interruptibly(async (interrupted) => {
        const rescue = await standBy(place, system);
        try {
          const laidOut = await layOut(place, { plan, system, interrupted, rescue, tell });
          const result = await finish(place, { plan, system, offer, interrupted, ...laidOut });
          rescue?.dismiss();
          return result;
        } catch (error) {
          rescue?.summon();
          throw error;
        }
      }),
    );
  } finally {
    done.abort();
  }
}

/** Starts what was installed before: the documented dialogue on Windows waits for a key first. */
export async function start(plan: InstallationPlan, system: System): Promise<InstallationResult> {
  const place = placeOf(plan.folder, system.platform, system.source.kind);
  return system.interruptibly((interrupted) => started(place, plan, system, interrupted));
}

interface LaidOut {
  wasRunning: boolean;
  /** Why others can read what they should not. */
  notClosed: string | undefined;
}

async function layOut(
  place: Place,
  act: { plan: InstallationPlan; system: System; interrupted: AbortSignal; rescue: Rescue | undefined; tell: Tell },
): Promise<LaidOut> {
  const { plan, system, interrupted, rescue, tell } = act;
  const { files } = system;
  const existing = await files.read(place.configFile);
  const configText = configTextOf(plan, existing, place.configFile);
  const staged = await stageFiles(place, configText, system);
  const stop = {
    configText: existing,
    language: plan.language,
    interrupted,
    ifLeft: rescue === undefined ? 'ends' : 'comesBack',
  } as const;
  let wasRunning = false;
  try {
    if (interrupted.aborted) throw new Interrupted(actSentences(plan.language).leftUnchanged);
    wasRunning = await stopService(place, { ...stop, tell }, system);
    const notClosed = await closeToOthers(place, system);
    await putInPlace(staged, system);
    await removeOtherProgram(place, system);
    // Cron may have found nothing running just now, and have started the old program. There is no leaving with nothing changed here.
    await stopService(place, { ...stop, tell: silently }, system);
    return { wasRunning, notClosed };
  } catch (error) {
    await discard(staged, place, files);
    if (wasRunning && rescue === undefined) launch(place, system);
    throw error;
  }
}

/** On Windows an executable and the script of a checkout have two names, and launch would go on with the one that was there before. */
async function removeOtherProgram({ folder, program }: Place, { files, platform }: System): Promise<void> {
  for (const kind of ['delivery', 'checkout'] as const) {
    const other = placeOf(folder, platform, kind).program;
    if (other !== program) await files.remove(other);
  }
}

async function finish(
  place: Place,
  act: LaidOut & { plan: InstallationPlan; system: System; offer: Promise<Offer>; interrupted: AbortSignal },
): Promise<InstallationResult> {
  const { plan, system, wasRunning, notClosed, interrupted } = act;
  const sentences = actSentences(plan.language);
  const autostart = plan.autostart
    ? await setUpAutostart(place, sentences.autostart, system)
    : { notes: [], asides: [] };
  const result = plan.start ? await started(place, plan, system, interrupted) : notStarted(place, plan, system);
  const offer = await act.offer;
  const found = offerSentence(offer, result.version, sentences.newest);
  return {
    ...result,
    notes: [
      ...(notClosed === undefined ? [] : [sentences.notClosed(place.dataFolder, notClosed)]),
      ...(wasRunning && !plan.start ? [sentences.wasStopped] : []),
      // Whoever asks for it is told what was set up, at a terminal too.
      ...autostart.asides,
      ...autostart.notes,
      // Wrong credentials are for a person to mend; that a till has no internet just now is not worth a line.
      ...(offer.kind === 'refused' || offer.kind === 'ours' ? [found] : []),
      ...result.notes,
    ],
    asides: [found],
  };
}

async function started(
  place: Place,
  plan: InstallationPlan,
  system: System,
  interrupted: AbortSignal,
): Promise<InstallationResult> {
  const outcome = await startService(place, plan, system, interrupted);
  const result = notStarted(place, plan, system);
  return outcome.started ? { ...result, started: true, version: outcome.version } : { ...result, notes: outcome.why };
}

function notStarted({ configFile }: Place, { values }: InstallationPlan, system: System): InstallationResult {
  const version = versionName(system.version, system.platform, system.architecture);
  return { configFile, version, started: false, port: Number(values.local_port), notes: [], asides: [] };
}
