import type { Clock } from '@hipay-ecr/shared/clock.ts';
import { attentionOf } from './attention.ts';
import type { HealthReport } from './http/health-report.ts';
import type { KeptJournal } from './journal/journal.ts';
import type { CentreSettings } from './payments/centre-settings.ts';
import type { HipayTarget } from './payments/fact.ts';
import type { HipayPresence } from './payments/hipay-presence.ts';
import type { JournalCounts, Terminal } from './payments/ports.ts';

export interface HealthSources {
  terminal: Pick<Terminal, 'health'>;
  journal: Pick<KeptJournal, 'counts' | 'list' | 'alarmed' | 'parked' | 'orphans' | 'writeProblem'>;
  presence: HipayPresence;
  clock: Clock;
  version: string;
  settings: Pick<CentreSettings, 'hashKeyConfigured'> & { target: Pick<HipayTarget, 'environment'> };
  startedMs: number;
  housekeeping: { damage: readonly string[] };
  log: { readonly problem?: string | undefined };
  /** Sentences: what would better be otherwise about how the program is installed. */
  warnings?: readonly string[];
}

/** How the service is, in words: what `GET /health` tells. */
export async function healthOf(sources: HealthSources): Promise<HealthReport> {
  const { terminal, presence, clock, version, settings, startedMs } = sources;
  const line = terminal.health();
  const { journal } = sources;
  const read = await Promise.all([journal.counts(), attentionOf(journal)]).catch((error: Error) => error);
  const [known, named] = read instanceof Error ? [undefined, nothing] : read;
  const unwritable = await journal.writeProblem().catch((error: Error) => error.message);
  const journalFault = read instanceof Error ? `The journal cannot be read: ${read.message}` : unwritable;
  const terminalFault = line.state === 'absent' || line.state === 'silent' ? line.detail : undefined;
  const failing = [journalFault, terminalFault].filter((fault) => fault !== undefined);
  const attention = [
    ...sources.housekeeping.damage,
    ...(known ? countedProblems(known) : []),
    ...hipayProblems(sources),
    ...(sources.log.problem === undefined ? [] : [sources.log.problem]),
  ];
  return {
    status: failing.length > 0 ? 'failing' : attention.length > 0 ? 'attention' : 'ok',
    version,
    uptimeMs: Math.round(clock.monotonicMs() - startedMs),
    terminal: {
      state: line.state,
      port: line.port,
      detail: line.detail,
      ...(line.lastHeardAtMs !== undefined && { lastHeardAt: new Date(line.lastHeardAtMs).toISOString() }),
    },
    journal: {
      writable: journalFault === undefined,
      detail: journalFault ?? 'every payment is written down before anything happens',
      alarms: known?.alarms ?? 0,
      orphans: known?.orphans ?? 0,
    },
    hipay: { state: presence.state, environment: settings.target.environment, detail: presence.detail },
    outbox: { waiting: known?.awaitingRegistration ?? 0, parked: known?.parked ?? 0 },
    unknownPayments: known?.unknown ?? 0,
    attention: named,
    problems: [...failing, ...attention],
    warnings: [...(settings.hashKeyConfigured ? [] : [NO_HASH_KEY]), ...(sources.warnings ?? [])],
  };
}

const nothing: HealthReport['attention'] = { unknown: [], running: [], alarms: [], parked: [], orphans: [] };

function countedProblems({ unknown, parked, alarms, orphans }: JournalCounts): string[] {
  return [
    unknown > 0 &&
      `${unknown} payment(s) with an unknown outcome: compare each with the terminal's tickets and settle it (tp-manager payments resolve, POST /payments/{paymentId}/resolution).`,
    alarms > 0 && `${alarms} payment(s) contradict what was told before: look at each and settle it.`,
    orphans > 0 &&
      `${orphans} answer(s) of the terminal belong to no payment: somebody may have paid without a sale; compare with the terminal's tickets and acknowledge each (tp-manager payments orphans, GET /orphans).`,
    parked > 0 &&
      `${parked} approved payment(s) cannot be registered with HiPay without a person's help (tp-manager payments resend).`,
  ].filter((problem) => problem !== false);
}

/** No danger: HiPay takes registrations without it, or says that it does not, which is an alarm (rule 13). */
const NO_HASH_KEY =
  'No hipay_hash_key is configured: registrations go out without the hash that HiPay documents; ask HiPay for the key.';

function hipayProblems({ presence }: HealthSources): string[] {
  return [
    presence.alarm,
    presence.away
      ? `HiPay does not answer (${presence.lastFailure}); approved payments wait and are registered when it is back.`
      : undefined,
  ].filter((problem) => problem !== undefined);
}
