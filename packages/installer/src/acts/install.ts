import type { InstallationPlan, InstallationResult } from '../plan.ts';
import { actSentences } from './act-sentences.ts';
import { setUpAutostart } from './autostart.ts';
import { closeToOthers } from './close-to-others.ts';
import { configTextOf } from './config-text.ts';
import { discard, putInPlace, stageFiles } from './lay-out.ts';
import { askForNewestVersion, type Offer, offerSentence } from './newest-version.ts';
import { type Place, placeOf } from './place.ts';
import { startService } from './start-service.ts';
import { stopService } from './stop-service.ts';
import type { System } from './system.ts';
import { versionName } from './version-name.ts';

/**
 * Carries the plan out, whole or not at all: everything is made beside its place, what runs is stopped, then each file takes its
 * place in one step. Journal and configuration of an earlier installation stay, as do an original connector's.
 */
export async function install(plan: InstallationPlan, system: System): Promise<InstallationResult> {
  const done = new AbortController();
  const { platform, architecture, files } = system;
  const offer = askForNewestVersion(plan.values, { platform, architecture, signal: done.signal });
  try {
    const place = placeOf(plan.folder, platform, system.source.kind);
    const existing = await files.read(place.configFile);
    const configText = configTextOf(plan, existing, place.configFile);
    const staged = await stageFiles(place, configText, system);
    const wasRunning = await stopService(place, existing, system).catch(async (error: unknown) => {
      await discard(staged, files);
      throw error;
    });
    const notClosed = await closeToOthers(place, system);
    await putInPlace(staged, system);
    return await finish(place, { plan, system, wasRunning, notClosed, offer });
  } finally {
    done.abort();
  }
}

/** Starts what was installed before: the documented dialogue on Windows waits for a key first. */
export async function start(plan: InstallationPlan, system: System): Promise<InstallationResult> {
  const place = placeOf(plan.folder, system.platform, system.source.kind);
  return started(place, plan, system);
}

async function finish(
  place: Place,
  act: {
    plan: InstallationPlan;
    system: System;
    wasRunning: boolean;
    notClosed: string | undefined;
    offer: Promise<Offer>;
  },
): Promise<InstallationResult> {
  const { plan, system, wasRunning, notClosed } = act;
  const sentences = actSentences(plan.language);
  const autostart = plan.autostart
    ? await setUpAutostart(place, sentences.autostart, system)
    : { notes: [], asides: [] };
  const result = plan.start ? await started(place, plan, system) : notStarted(place, plan, system);
  const offer = await act.offer;
  const found = offerSentence(offer, result.version, sentences.newest);
  return {
    ...result,
    notes: [
      ...(notClosed === undefined ? [] : [sentences.notClosed(place.dataFolder, notClosed)]),
      ...(wasRunning && !plan.start ? [sentences.wasStopped] : []),
      ...autostart.notes,
      // Wrong credentials are for a person to mend; that a till has no internet just now is not worth a line.
      ...(offer.kind === 'refused' || offer.kind === 'ours' ? [found] : []),
      ...result.notes,
    ],
    asides: [found, ...autostart.asides],
  };
}

async function started(place: Place, plan: InstallationPlan, system: System): Promise<InstallationResult> {
  const outcome = await startService(place, plan, system);
  const result = notStarted(place, plan, system);
  return outcome.started ? { ...result, started: true, version: outcome.version } : { ...result, notes: outcome.why };
}

function notStarted({ configFile }: Place, { values }: InstallationPlan, system: System): InstallationResult {
  const version = versionName(system.version, system.platform, system.architecture);
  return { configFile, version, started: false, port: Number(values.local_port), notes: [], asides: [] };
}
