import type { Clock } from '@hipay-ecr/shared/clock.ts';
import type { Language } from '@hipay-ecr/shared/errors.ts';
import type { Desk } from '../payments/desk-result.ts';
import type { TransactionType } from '../payments/order.ts';
import type { People } from '../payments/people.ts';
import type { Journal, Log } from '../payments/ports.ts';
import type { HealthReport } from './health-report.ts';

/** All that the local interface needs of the rest of the house. */
export interface AppOptions {
  credentials: { username: string; password: string };
  /** That of the error descriptions. */
  language: Language;
  /** As `GET /version` gives it: `<semver>-concertv2-<os>`. */
  version: string;
  /** Serial number of the terminal, as configured. */
  deviceId: string;
  allowedCurrencies: readonly string[];
  allowedTransactionTypes: readonly TransactionType[];
  /** Origins (`https://host[:port]`) of web pages that may call. */
  allowedOrigins: readonly string[];
  desk: Desk;
  payments: Pick<Journal, 'list' | 'answeredLater' | 'payment' | 'facts' | 'orphans'>;
  people: People;
  health(): Promise<HealthReport>;
  /** Ends the program: now, or where it is busy, once the payment is over. */
  stop(): { busy: boolean };
  log: Log;
  clock: Clock;
  /** The port that is served, once it is. */
  port(): number;
}
