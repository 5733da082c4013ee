import { randomUUID } from 'node:crypto';
import type { Clock } from '@hipay-ecr/shared/clock.ts';
import type { Config } from '@hipay-ecr/shared/config/config.ts';
import { OperatingError } from '@hipay-ecr/shared/errors.ts';
import { createApp } from './http/app.ts';
import { listen } from './http/listen.ts';
import { openJournalForReading } from './journal/open-for-reading.ts';
import type { Log } from './payments/ports.ts';

const NOT_RUNNING = 'the service is not running';

/**
 * Serves a journal for reading, while its service does not run: the same routes, and so the same answers, on a port and
 * with a password that only the caller gets.
 */
export async function serveJournal(
  config: Config,
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
    allowedCurrencies: config.allowedCurrencies,
    allowedTransactionTypes: config.allowedTransactionTypes,
    allowedOrigins: [],
    desk: { submit: async () => ({ kind: 'declined', code: '1106', about: {} }) },
    people: { resolve: declined, resend: declined, resendParked: notRunning, acknowledge: declined },
    health: notRunning,
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
