import { ManualClock } from '@hipay-ecr/shared/manual-clock.ts';
import { Ages } from './ages.ts';
import type { CentreSettings } from './centre-settings.ts';
import type { DeskResult } from './desk-result.ts';
import { HipayPresence } from './hipay-presence.ts';
import { KeptLog } from './log.fixture.ts';
import { MemoryJournal } from './memory-journal.fixture.ts';
import type { Order } from './order.ts';
import { anAnswer, anOrder, START_MS, someSettings } from './payment.fixture.ts';
import type { Payment } from './payment.ts';
import { PaymentDesk } from './payment-desk.ts';
import { type People, peopleOf } from './people.ts';
import type { TerminalAnswer } from './ports.ts';
import { processPayment, resumePayment } from './process-payment.ts';
import { ReceiveAnswer } from './receive-answer.ts';
import { recoverPayments } from './recover-payments.ts';
import { RegisterPending } from './register-pending.ts';
import { RunningPayments } from './running-payments.ts';
import { ScriptedGateway } from './scripted-gateway.fixture.ts';
import { ScriptedTerminal } from './scripted-terminal.fixture.ts';
import { pass, settle } from './settle.fixture.ts';
import { UnfinishedRecords } from './unfinished-records.ts';

/** What has come of a promise so far. */
export interface Awaited<T> {
  value?: T;
  error?: unknown;
}

export function watch<T>(promise: Promise<T>): Awaited<T> {
  const seen: Awaited<T> = {};
  promise.then((value) => Object.assign(seen, { value })).catch((error: unknown) => Object.assign(seen, { error }));
  return seen;
}

/** A till that waits until it hangs up. */
export class PatientTill {
  waits = true;
  isWaiting(): boolean {
    return this.waits;
  }
}

interface CentreOptions {
  settings?: Partial<CentreSettings>;
  /** What an earlier process has left. */
  journal?: MemoryJournal;
  clock?: ManualClock;
  paymentsSoFar?: number;
}

/** The centre as the service wires it, between a scripted terminal and a scripted HiPay. */
export class Centre {
  readonly clock: ManualClock;
  readonly ages: Ages;
  readonly journal: MemoryJournal;
  readonly terminal = new ScriptedTerminal();
  readonly gateway: ScriptedGateway;
  readonly presence = new HipayPresence();
  readonly running = new RunningPayments();
  readonly log = new KeptLog();
  readonly settings: CentreSettings;
  readonly answers: ReceiveAnswer;
  readonly registrations: RegisterPending;
  readonly desk: PaymentDesk;
  readonly people: People;
  #payments: number;
  #tokens: number;

  constructor({ settings, journal, clock, paymentsSoFar = 0 }: CentreOptions = {}) {
    this.clock = clock ?? new ManualClock(START_MS);
    this.ages = new Ages(this.clock);
    this.journal = journal ?? new MemoryJournal(this.clock);
    this.journal.clock = this.clock;
    this.gateway = new ScriptedGateway(this.clock);
    this.settings = someSettings(settings);
    this.#payments = paymentsSoFar;
    this.#tokens = paymentsSoFar;
    this.registrations = new RegisterPending({
      ...this.#common(),
      gateway: this.gateway,
      presence: this.presence,
      random: () => 0,
      mayWork: () => !this.desk.busy,
    });
    const unfinished = new UnfinishedRecords(this.clock);
    const rooms = {
      ...this.#common(),
      unfinished,
      terminal: this.terminal,
      running: this.running,
      registrations: this.registrations,
      newToken: () => String(++this.#tokens).padStart(10, '0'),
    };
    this.answers = new ReceiveAnswer({
      ...this.#common(),
      running: this.running,
      registrations: this.registrations,
    });
    this.desk = new PaymentDesk({
      ...this.#common(),
      terminal: this.terminal,
      running: this.running,
      unfinished,
      newPaymentId: () => `PAYMENT-${++this.#payments}`,
      process: (opening) => processPayment(opening, rooms),
      resume: (payment, deadlineMs) => resumePayment(payment, deadlineMs, rooms),
      onFree: () => this.registrations.wake(),
    });
    this.terminal.nowMs = () => this.clock.nowMs();
    this.people = peopleOf({ ...rooms, mayAsk: () => !this.desk.busy });
  }

  #common() {
    return { journal: this.journal, clock: this.clock, ages: this.ages, log: this.log, settings: this.settings };
  }

  /** A till asks; what it is told shows up in what is given back. */
  async ask(differs: Partial<Order> = {}, till = new PatientTill()): Promise<Awaited<DeskResult>> {
    const result = watch(this.desk.submit(anOrder(differs), till));
    await settle();
    return result;
  }

  /** The terminal answers the request that it was sent last. `true` once its ACK may go out. */
  async answer(
    reading: Partial<NonNullable<TerminalAnswer['reading']>> = {},
    differs: Partial<TerminalAnswer> = {},
  ): Promise<Awaited<boolean>> {
    const request = this.terminal.frames.at(-1);
    const own = request === undefined ? {} : { privateData: request.token, amountMinor: request.amountMinor };
    return this.receive(anAnswer({ ...own, ...reading }, differs));
  }

  /** The terminal sends a frame. */
  async receive(answer: TerminalAnswer): Promise<Awaited<boolean>> {
    const ack = watch(this.answers.keep(answer));
    await settle();
    return ack;
  }

  pass(ms: number): Promise<void> {
    return pass(this.clock, ms);
  }

  /** The power goes and comes back `awayMs` later: a new process over the same journal. */
  async restart(awayMs = 0, settings: Partial<CentreSettings> = {}): Promise<Centre> {
    return this.#startedAnew(new ManualClock(this.clock.nowMs() + awayMs, this.clock.uptimeMs() + awayMs), settings);
  }

  /** The same, and the machine was started meanwhile, `upMs` ago; the wall says that `awayMs` have passed. */
  async reboot(awayMs: number, { upMs, bootId }: { upMs: number; bootId: string | undefined }): Promise<Centre> {
    const clock = Object.assign(new ManualClock(this.clock.nowMs() + awayMs, upMs), { bootId });
    return this.#startedAnew(clock);
  }

  async #startedAnew(clock: ManualClock, settings: Partial<CentreSettings> = {}): Promise<Centre> {
    const next = new Centre({
      settings: { ...this.settings, ...settings },
      journal: this.journal,
      clock,
      paymentsSoFar: this.#payments,
    });
    const { journal, running, desk, log } = next;
    await recoverPayments({ journal, running, desk, ages: next.ages, settings: next.settings, log });
    await next.registrations.start();
    await settle();
    return next;
  }

  async payment(n = this.#payments): Promise<Payment> {
    const payment = await this.journal.payment(`PAYMENT-${n}`);
    if (payment === undefined) throw new Error(`There is no payment ${n}.`);
    return payment;
  }

  kinds(n = this.#payments): string[] {
    return this.journal.kinds(`PAYMENT-${n}`);
  }
}

/** What a till was told, in short: the state or the code, `again` where it was told before. */
export function heard({ value, error }: Awaited<DeskResult>): string {
  if (error !== undefined) return `error: ${error}`;
  if (value === undefined) return 'waits';
  if (value.kind === 'declined') return `declined ${value.code}`;
  const { state, code } = value.payment;
  return [state, ...(code === undefined ? [] : [code]), ...(value.replayed ? ['again'] : [])].join(' ');
}

/** Whether the till is told that HiPay has the payment. */
export function hipayTold({ value }: Awaited<DeskResult>): boolean | undefined {
  return value?.kind === 'payment' ? value.payment.registration.status === 'registered' : undefined;
}
