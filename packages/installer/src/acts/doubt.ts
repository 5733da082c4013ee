import { type ConfigProblem, parseConfig } from '@hipay-ecr/shared/config/parse-config.ts';
import type { Language } from '@hipay-ecr/shared/error-code.ts';
import { OperatingError } from '@hipay-ecr/shared/errors.ts';
import { actSentences } from './act-sentences.ts';
import type { Doubt } from './doubt-sentences.ts';
import { passwordsBeside } from './passwords-beside.ts';
import type { Place } from './place.ts';
import { liveProcesses } from './running-file.ts';
import type { System, Variables } from './system.ts';

/** Whose journal it is, and what a person is told of the service where the journal is kept. */
interface Look {
  place: Place;
  language: Language;
  left: string;
}

/** Throws where the journal holds what a person has yet to look at, and where nobody can say whether it does. */
export async function refuseInDoubt({ place, language, left }: Look, system: System): Promise<void> {
  if (!(await system.files.exists(place.journalFile))) return;
  const { inDoubt, unread, problem: told } = actSentences(language);
  const configText = await system.files.read(place.configFile);
  const passwords = configText === undefined ? {} : await passwordsFor(configText, place, system);
  // A service that runs would still tell; one that was stopped to be removed could neither tell nor be started again.
  const mistakes = configText === undefined ? [] : mistakesIn(configText, passwords);
  if (mistakes.length > 0) {
    throw new OperatingError('1000', unread(mistakes.map((one) => told(one, place.configFile)).join(' '), left));
  }
  const doubt = await doubtOf(place, passwords, system);
  if (typeof doubt === 'string') throw new OperatingError('1000', unread(doubt, left));
  if (Object.values(doubt).every((count) => count === 0)) return;
  throw new OperatingError('1000', inDoubt(doubt, place.program, left));
}

/** A service that runs is asked with its own passwords, which it also needs to be started again; a journal is read with any. */
async function passwordsFor(configText: string, place: Place, system: System): Promise<Variables> {
  const runs = (await liveProcesses(place, system)).length > 0;
  return passwordsBeside(configText, system, runs ? undefined : 'none');
}

function mistakesIn(configText: string, passwords: Variables): ConfigProblem[] {
  const parsed = parseConfig(configText, passwords);
  return parsed.ok ? [] : parsed.problems;
}

/** As `tp-manager status` counts, whether the service runs or not; or why it does not. */
async function doubtOf(place: Place, passwords: Variables, system: System): Promise<Doubt | string> {
  const [command, ...before] = await programOf(place, system);
  const words = [...before, '--json', 'status', '--config', place.configFile];
  const { status, output, errors } = await system.run(command, words, '', passwords);
  const said = statusIn(output);
  // What a running service could not write down only it knows.
  const isWhole = said?.running === false || said?.journal?.writable === true;
  const doubt = isWhole && said !== undefined ? countsOf(said) : undefined;
  if (doubt !== undefined) return doubt;
  const { writable, detail } = said?.journal ?? {};
  const whys = [writable === false ? detail : undefined, ...(said?.problems ?? []), errors, `tp-manager: ${status}`];
  const why = whys.find(Boolean) ?? '';
  return why.trim().replaceAll(/\s+/g, ' ');
}

/** The installed one; after a removal that left the journal, the one that came along. */
async function programOf({ program }: Place, { files, source }: System): Promise<[string, ...string[]]> {
  if (source.kind === 'checkout') return [source.node, source.program];
  return [(await files.exists(program)) ? program : source.program];
}

/** As far as it is what tp-manager says: the original connector knows no such command. */
interface Status {
  running?: boolean;
  unknownPayments?: number;
  outbox?: { waiting?: number; parked?: number };
  journal?: { writable?: boolean; detail?: string; alarms?: number; orphans?: number };
  attention?: { running?: unknown[] };
  problems?: string[];
}

function statusIn(output: string): Status | undefined {
  try {
    return JSON.parse(output) as Status;
  } catch {
    return undefined;
  }
}

/** Undefined where one is missing. */
function countsOf({ unknownPayments, outbox, journal, attention }: Status): Doubt | undefined {
  const found: Record<keyof Doubt, number | undefined> = {
    unknown: unknownPayments,
    running: attention?.running?.length,
    waiting: outbox?.waiting,
    parked: outbox?.parked,
    alarms: journal?.alarms,
    orphans: journal?.orphans,
  };
  return Object.values(found).every((count) => typeof count === 'number') ? (found as Doubt) : undefined;
}
