import { readAnswers } from '@hipay-ecr/shared/config/read-answers.ts';
import type { Language } from '@hipay-ecr/shared/error-code.ts';
import { OperatingError } from '@hipay-ecr/shared/errors.ts';
import { actSentences } from './act-sentences.ts';
import { actsLimits } from './acts-limits.ts';
import type { Doubt } from './doubt-sentences.ts';
import { askLocally, localServiceOf } from './local-service.ts';
import type { Place } from './place.ts';
import { readRunningFile } from './running-file.ts';
import type { System } from './system.ts';

/** Throws where the journal holds what a person has yet to look at; where nothing can be read, it is as if there were nothing. */
export async function refuseInDoubt(place: Place, language: Language, system: System): Promise<void> {
  const doubt = (await doubtOfService(place, system)) ?? (await doubtOfJournal(place, system));
  if (doubt === undefined || Object.values(doubt).every((count) => count === 0)) return;
  throw new OperatingError('1000', actSentences(language).inDoubt(doubt, place.program));
}

async function doubtOfService(place: Place, system: System): Promise<Doubt | undefined> {
  const configText = await system.files.read(place.configFile).catch(() => undefined);
  const configured = localServiceOf(readAnswers(configText ?? '').texts);
  if (configured === undefined) return undefined;
  const running = await readRunningFile(place, system);
  const answer = await askLocally({ ...configured, port: running?.port ?? configured.port }, '/health');
  if (typeof answer === 'string') return undefined;
  // Another program that happens to listen at this port has none of these.
  const { unknownPayments, outbox, journal } = (answer.body ?? {}) as {
    unknownPayments?: unknown;
    outbox?: Partial<Record<string, unknown>>;
    journal?: Partial<Record<string, unknown>>;
  };
  return counts({
    ...{ unknown: unknownPayments, waiting: outbox?.waiting, parked: outbox?.parked },
    ...{ alarms: journal?.alarms, orphans: journal?.orphans },
  });
}

/** By the installed program, straight from the journal. The original connector has none, and would start to serve. */
async function doubtOfJournal(place: Place, system: System): Promise<Doubt | undefined> {
  const { files, source } = system;
  if (!(await files.exists(place.journalFile))) return undefined;
  const command = source.kind === 'checkout' ? source.node : place.program;
  const before = source.kind === 'checkout' ? [source.program] : [];
  const read = async (...args: string[]): Promise<Listed[] | undefined> => {
    const config = ['--config', place.configFile];
    const { status, output } = await system.run(command, [...before, 'payments', ...args, '--json', ...config]);
    return status === 0 ? itemsIn(output) : undefined;
  };
  const newest = await read('list', '--limit', String(actsLimits.paymentsLookedAt));
  const unknown = await read('list', '--outcome', 'unknown', '--limit', String(actsLimits.paymentsLookedAt));
  const orphans = await read('orphans', '--open');
  if (newest === undefined || unknown === undefined || orphans === undefined) return undefined;
  const those = (holds: (item: Listed) => boolean): number => newest.filter(holds).length;
  return {
    unknown: unknown.length + those(({ outcome }) => outcome === 'running'),
    waiting: those(({ registration }) => ['due', 'registering', 'unclear'].includes(registration ?? '')),
    parked: those(({ registration }) => registration === 'parked'),
    alarms: those(({ alarms = [] }) => alarms.length > 0),
    orphans: orphans.length,
  };
}

interface Listed {
  outcome?: string;
  registration?: string;
  alarms?: string[];
}

function itemsIn(output: string): Listed[] | undefined {
  try {
    return (JSON.parse(output) as { items?: Listed[] }).items;
  } catch {
    return undefined;
  }
}

function counts(found: Record<keyof Doubt, unknown>): Doubt | undefined {
  return Object.values(found).every((count) => typeof count === 'number') ? (found as Doubt) : undefined;
}
