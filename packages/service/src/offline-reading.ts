import { randomUUID } from 'node:crypto';
import type { Clock } from '@hipay-ecr/shared/clock.ts';
import type { Config } from '@hipay-ecr/shared/config/config.ts';
import type { ConfigValues } from '@hipay-ecr/shared/config/fields.ts';
import { OperatingError } from '@hipay-ecr/shared/errors.ts';
import { healthOf } from './health.ts';
import { createApp } from './http/app.ts';
import type { HealthReport } from './http/health-report.ts';
import { listen } from './http/listen.ts';
import { type JournalReading, openJournalForReading } from './journal/open-for-reading.ts';
import { HipayPresence } from './payments/hipay-presence.ts';
import type { Log, TerminalHealth } from './payments/ports.ts';

const NOT_RUNNING = 'the service is not running';
const WERE_RUNNING =
  'What the service left running may have been paid: start it, so that it hears the answer of the terminal, or settle it.';

/** What reading needs to know; money is moved by none of it. */
export type ReadingConfig = Pick<Config, 'language' | 'serialNumber' | 'serialPort' | 'environment'>;

/** Of a configuration with mistakes: no command that reads shows what stands here for what is missing. */
export function readingConfig(known: Partial<ConfigValues>): ReadingConfig {
  return {
    language: known.language ?? 'en',
    serialNumber: known.serial_number ?? '',
    serialPort: known.serial_port ?? '',
    environment: known.environment ?? 'dev',
  };
}

/**
 * Serves a journal for reading, while its service does not run: the same routes, and so the same answers, on a port and
 * with a password that only the caller gets.
 */
export async function serveJournal(
  config: ReadingConfig,
  { dataFolder, version, clock, log }: { dataFolder: string; version: string; clock: Clock; log: Log },
): Promise<{ port: number; credentials: { username: string; password: string }; close(): Promise<void> }> {
  const journal = await openJournalForReading(dataFolder);
  const credentials = { username: 'reader', password: randomUUID() };
  const declined = async () => ({ kind: 'declined', why: NOT_RUNNING }) as const;
  const notRunning = () => Promise.reject(new OperatingError('1106', NOT_RUNNING));
  let port = 0;
  const app = createApp({
    ...{ credentials, payments: journal, version, clock, log },
    language: config.language,
    deviceId: config.serialNumber,
    ...{ allowedCurrencies: [], allowedTransactionTypes: [], allowedOrigins: [] },
    desk: { submit: async () => ({ kind: 'declined', code: '1106', about: {} }) },
    people: { resolve: declined, resend: declined, resendParked: notRunning, acknowledge: declined },
    health: () => healthOfStopped(config, { journal, version, clock }),
    stop: () => ({ busy: false }),
    port: () => port,
  });
  try {
    const listening = await listen(app, 0);
    port = listening.port;
    return { port, credentials, close: () => listening.close().then(() => journal.close()) };
  } catch (error) {
    await journal.close();
    throw error;
  }
}

/** What the journal alone tells of how things are; no payment can be taken. */
async function healthOfStopped(
  config: ReadingConfig,
  rooms: { journal: JournalReading; version: string; clock: Clock },
): Promise<HealthReport> {
  const { journal, clock } = rooms;
  const line: TerminalHealth = { state: 'absent', port: config.serialPort, detail: NOT_RUNNING, inSession: false };
  const report = await healthOf({
    ...{ ...rooms, startedMs: clock.monotonicMs(), presence: new HipayPresence() },
    terminal: { health: () => line },
    journal: { ...journal, writeProblem: async () => NOT_RUNNING },
    settings: { hashKeyConfigured: true, target: { environment: config.environment } },
    housekeeping: { damage: [] },
    log: {},
  });
  // A count of nothing would be told of payments that nobody can read.
  if (report.journal.detail !== NOT_RUNNING) throw new OperatingError('1107', report.journal.detail);
  const found = report.problems.filter((problem) => problem !== NOT_RUNNING);
  const left = report.attention.running.length > 0 ? [WERE_RUNNING] : [];
  return { ...report, problems: [...left, ...found] };
}
