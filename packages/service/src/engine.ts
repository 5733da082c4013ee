import type { Clock } from '@hipay-ecr/shared/clock.ts';
import type { Config } from '@hipay-ecr/shared/config/config.ts';
import { hipayTarget } from './gateway/hipay-target.ts';
import { Ages } from './payments/ages.ts';
import type { CentreSettings } from './payments/centre-settings.ts';
import { HipayPresence } from './payments/hipay-presence.ts';
import { LastInDoubt } from './payments/last-in-doubt.ts';
import { PaymentDesk } from './payments/payment-desk.ts';
import { type People, peopleOf } from './payments/people.ts';
import type { HipayGateway, Journal, Log } from './payments/ports.ts';
import { processPayment, resumePayment } from './payments/process-payment.ts';
import { ReceiveAnswer } from './payments/receive-answer.ts';
import { recoverPayments } from './payments/recover-payments.ts';
import { RegisterPending } from './payments/register-pending.ts';
import { RunningPayments } from './payments/running-payments.ts';
import { UnfinishedRecords } from './payments/unfinished-records.ts';
import { centreSettings } from './settings.ts';
import { ConcertTerminal } from './terminal/concert-terminal.ts';
import { onlyExpectedDevice } from './terminal/only-expected-device.ts';
import { type OpenLine, openRealLine } from './terminal/open-line.ts';

/** What the engine stands on. The service brings the real ones; a simulation brings its own. */
export interface EngineParts {
  config: Config;
  journal: Journal;
  gateway: HipayGateway;
  clock: Clock;
  log: Log;
  newPaymentId: () => string;
  /** Ten random digits. */
  newToken: () => string;
  /** 0 to 1. */
  random: () => number;
  openLine?: OpenLine;
}

/** Everything between the till's door and the disk, the line and HiPay: the service without its HTTP. */
export interface Engine {
  desk: PaymentDesk;
  terminal: ConcertTerminal;
  registrations: RegisterPending;
  presence: HipayPresence;
  settings: CentreSettings;
  ages: Ages;
  people: People;
  /** Recovers what an earlier process left, opens the line (or knows it to be absent), goes on with the outbox (rule 16). */
  start(): Promise<void>;
  /** Ends what goes on by itself. A payment under way is the desk's to finish first. */
  stop(): Promise<void>;
}

export function createEngine(parts: EngineParts): Engine {
  const { config, journal, gateway, clock, log, newPaymentId, newToken, random, openLine = openRealLine() } = parts;
  const settings = centreSettings(config, hipayTarget(config));
  const ages = new Ages(clock);
  const presence = new HipayPresence();
  const running = new RunningPayments();
  const unfinished = new UnfinishedRecords(clock);
  const registrations = new RegisterPending({
    ...{ journal, gateway, clock, ages, log, settings, presence, random },
    mayWork: () => !desk.busy,
  });
  const inDoubt = new LastInDoubt({ running, ages, clock });
  const answers = new ReceiveAnswer({ journal, running, registrations, clock, log });
  const terminal = new ConcertTerminal({
    ...{ clock, log },
    serialPort: config.serialPort,
    line: config.line,
    keep: (answer) => answers.keep(answer),
    answerLost: () => void answers.lost(),
    mayProbe: () => !desk.busy && !inDoubt.isYoung(),
    openLine: onlyExpectedDevice(openLine, () => inDoubt.expectedDevice()),
    answerTimeoutMs: config.paymentTimeoutMs,
  });
  const rooms = { journal, terminal, running, unfinished, registrations, clock, ages, log, settings, newToken };
  const desk: PaymentDesk = new PaymentDesk({
    ...{ journal, terminal, running, unfinished, clock, ages, log, settings, newPaymentId },
    process: (opening) => processPayment(opening, rooms),
    resume: (payment, deadlineMs) => resumePayment(payment, deadlineMs, rooms),
    onFree: () => registrations.wake(),
  });

  const people = peopleOf({ ...rooms, mayAsk: () => !desk.busy });

  return {
    ...{ desk, terminal, registrations, presence, settings, ages, people },
    async start() {
      await recoverPayments({ journal, running, desk, ages, settings, log });
      await terminal.start();
      await registrations.start();
    },
    async stop() {
      await registrations.stop();
      terminal.stop();
    },
  };
}
