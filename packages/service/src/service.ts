import { randomInt } from 'node:crypto';
import type { Clock } from '@hipay-ecr/shared/clock.ts';
import type { Config } from '@hipay-ecr/shared/config/config.ts';
import { loadOnce } from '@hipay-ecr/shared/load-once.ts';
import { ulid } from 'ulid';
import { Ending } from './ending.ts';
import { createEngine } from './engine.ts';
import { createHipayGateway, type HipayGatewaySettings } from './gateway/hipay-client.ts';
import { healthOf } from './health.ts';
import { Housekeeping } from './housekeeping.ts';
import { type Listening, listen } from './http/listen.ts';
import { DataFolderLock } from './journal/data-folder-lock.ts';
import { type JournalOptions, type KeptJournal, openJournal } from './journal/journal.ts';
import { loggingFacts } from './logging/fact-log.ts';
import { Opened } from './opened.ts';
import type { Log } from './payments/ports.ts';
import { openRealLine } from './terminal/open-line.ts';
import { type PortWorld, realPortWorld } from './terminal/port-world.ts';

export interface ServiceOptions {
  /** Where the journal stands. */
  dataFolder: string;
  version: string;
  /** For people, who may find two of us. */
  pid: number;
  clock: Clock;
  log: Log & { readonly problem?: string | undefined };
  /** Sentences: what would better be otherwise about how the program is installed. */
  warnings?: readonly string[];
  /** Where the terminal's port is looked for: this machine, where nothing is said. */
  ports?: PortWorld;
  /** What is loaded after the program itself, and how: from this program, where nothing is said. */
  load?: Partial<Loaders>;
}

export interface Loaders {
  app(): Promise<typeof import('./http/app.ts')>;
  httpClient: NonNullable<HipayGatewaySettings['loadClient']>;
}

export interface Service {
  /** The local port that is served. */
  port: number;
  /** Ends the service: now, or where a payment is under way, after it. `busy` tells which. */
  stop(why: string): { busy: boolean };
  /** Resolves once everything is closed. */
  stopped: Promise<void>;
}

/**
 * Builds the house and opens it: journal, recovery, line (open, or known to be absent), then HTTP (rule 16). Rejects with
 * AlreadyRunning where the data folder has its service. Where it fails later, all that was opened is closed by then.
 */
export async function startService(config: Config, options: ServiceOptions): Promise<Service> {
  const { dataFolder, pid, clock, log } = options;
  const lock = DataFolderLock.take(dataFolder, { pid, since: new Date(clock.nowMs()).toISOString() });
  const opened = new Opened();
  opened.closeWith(() => lock.release());
  try {
    return await startLocked(config, options, lock, opened);
  } catch (cause) {
    // At once, since a payment of an earlier process is waited for: its answer is kept, whatever else does not work.
    log.error('The service cannot start; what it has opened is closed.', { cause });
    lock.stops();
    await opened.close().catch((failure: unknown) => log.error('Not all of it could be closed.', { cause: failure }));
    throw cause;
  }
}

const loadApp = loadOnce(() => import('./http/app.ts'));

async function startLocked(
  config: Config,
  options: ServiceOptions,
  lock: DataFolderLock,
  opened: Opened,
): Promise<Service> {
  const { dataFolder, version, clock, log, warnings = [], ports = realPortWorld(), load = {} } = options;
  const startedMs = clock.monotonicMs();
  const ending = new Ending({ log, clock });
  opened.closeWith(() => ending.end());
  const readerEnds = (why: Error) => {
    log.error('The service ends once the payment under way is over, to be started again.', { cause: why });
    stop(why.message);
  };
  const [kept, { createApp }] = await openWith(
    load.app ?? loadApp,
    { folder: dataFolder, writerEnds: crash, readerEnds },
    opened,
  );
  opened.closeWith(() => ending.look(kept));
  const journal = loggingFacts(kept, log);
  const gateway = createHipayGateway({
    login: config.hipayLogin,
    password: config.hipayPassword,
    hashKey: config.hipayHashKey,
    httpsProxy: config.httpsProxy,
    userAgent: `hipay-desktop-connector/${version}`,
    ...{ clock, log, loadClient: load.httpClient },
  });
  const engine = createEngine({
    ...{ config, journal, gateway, clock, log, newToken },
    newPaymentId: () => ulid(clock.nowMs()),
    random: Math.random,
    openLine: openRealLine(ports),
  });
  const { desk, terminal, presence, settings, ages, people } = engine;
  if (!settings.hashKeyConfigured) {
    log.warn('No hipay_hash_key is configured: registrations go out without the hash that HiPay documents.');
  }

  for (const warning of warnings) log.warn(warning);
  const housekeeping = new Housekeeping({
    ...{ journal, clock, ages, log, journalDays: config.journalDays },
    isBusy: () => desk.busy,
    getReady: gateway.getReady,
  });

  const { promise: stopped, resolve, reject } = Promise.withResolvers<void>();
  // The first of the two addresses is served before the second: a stop may come before all is open.
  const { promise: started, resolve: isStarted } = Promise.withResolvers<void>();
  let server: Listening | undefined;
  const stop = (why: string): { busy: boolean } => {
    const { busy } = desk.stop();
    if (!ending.hasBegun) {
      ending.begin(why, { busy });
      lock.stops();
      started.then(() => opened.close()).then(resolve, reject);
    }
    return { busy };
  };
  const app = createApp({
    credentials: { username: config.apiUsername, password: config.apiPassword },
    language: config.language,
    deviceId: config.serialNumber,
    allowedCurrencies: config.allowedCurrencies,
    allowedTransactionTypes: config.allowedTransactionTypes,
    allowedOrigins: config.allowedOrigins,
    ...{ desk, payments: journal, people, log, clock, version },
    health: () =>
      healthOf({
        ...{ terminal, journal, presence, clock, version, startedMs, settings, housekeeping, log, warnings },
      }),
    stop: () => stop('GET /stop'),
    port: () => server?.port ?? config.localPort,
  });

  opened.closeWith(() => engine.stop());
  opened.closeWith(() => desk.stop().over);
  await engine.start();
  opened.closeWith(() => housekeeping.stop());
  housekeeping.start();
  const listening = await listen(app, config.localPort);
  server = listening;
  opened.closeWith(() => listening.close());
  // Tills that wait for the payment under way get its result before HTTP ends.
  opened.closeWith(() => desk.stop().over);
  isStarted();
  const { port } = listening;
  lock.serves(port);
  log.info(`tp-manager ${version} takes payments at http://localhost:${port}`, { environment: config.environment });
  return { port, stop, stopped };
}

/** HTTP's modules are most of what there is to load: while the journal's threads open it, they are loaded. */
async function openWith<App>(
  load: () => Promise<App>,
  options: JournalOptions,
  opened: Opened,
): Promise<[KeptJournal, App]> {
  const [journal, loaded] = await Promise.allSettled([openJournal(options), load()]);
  if (journal.status === 'rejected') throw journal.reason;
  opened.closeWith(() => journal.value.close());
  if (loaded.status === 'rejected') throw loaded.reason;
  return [journal.value, loaded.value];
}

/** A process cannot get the thread back that writes its journal, and without it can only refuse. Another process can, which launch starts (rule 16). */
function crash(why: Error): never {
  throw why;
}

/** Ten digits for the private field: rule 5 finds the payment by them. */
function newToken(): string {
  return Array.from({ length: 10 }, () => randomInt(10)).join('');
}
