import type { Clock } from '@hipay-ecr/shared/clock.ts';
import type { Line } from '@hipay-ecr/shared/concert/line.ts';
import { LinkDriver } from '@hipay-ecr/shared/concert/link-driver.ts';
import type { TransferOutcome } from '@hipay-ecr/shared/concert/link-types.ts';
import { acceptsRequests, decodePaymentRequest } from '@hipay-ecr/shared/concert/payment-request.ts';
import type { PortListener } from '../lines/terminal-port.ts';
import { faultsOf } from './faults-of.ts';
import { FaultyLine, noFaults } from './faulty-line.ts';
import { type Charge, Ledger, newChargeId } from './ledger.ts';
import { OwedAnswer } from './owed-answer.ts';
import { PaymentRun, type PaymentSurroundings } from './payment-run.ts';
import type { GateRules } from './request-gate.ts';
import type { ScenarioName } from './scenario.ts';
import { ScenarioChoice } from './scenario-choice.ts';
import { withUsualDelays } from './terminal-delays.ts';
import type { TerminalEvent } from './terminal-event.ts';
import type { Cable, TerminalSettings } from './terminal-settings.ts';

export type { Cable, TerminalSettings } from './terminal-settings.ts';

const MOST_NAKS = 3;

/** A terminal that speaks Concert V2, with a customer before it who does what the scenario says. */
export class SimulatedTerminal implements PortListener {
  readonly #clock: Clock;
  readonly #cable: Cable | undefined;
  readonly #happened: (event: TerminalEvent) => void;
  readonly #choice: ScenarioChoice;
  readonly #link: LinkDriver;
  readonly #faults = noFaults();
  readonly #surroundings: PaymentSurroundings;
  readonly #owed: OwedAnswer;
  readonly #naksRepeated: boolean;
  #line: FaultyLine | undefined;
  #run: PaymentRun | undefined;
  #frames = 0;
  /** The request has had all the NAKs after which a register gives up. */
  #isRefused = false;
  #busyUntilMs = Number.NEGATIVE_INFINITY;

  constructor(settings: TerminalSettings) {
    const { clock, happened = () => {} } = settings;
    this.#clock = clock;
    this.#cable = settings.cable;
    this.#naksRepeated = settings.repeated === 'nak';
    this.#happened = happened;
    this.#choice = new ScenarioChoice(settings.always);
    this.#link = new LinkDriver(
      clock,
      { received: async ({ data }) => this.#onRequest(data), traced: (event) => happened({ kind: 'line', event }) },
      // Of two sides that both give way neither would ever speak; the one with a customer's result does not.
      { accepts: acceptsRequests, yields: false },
    );
    const ledger = settings.ledger ?? new Ledger();
    this.#owed = new OwedAnswer({
      ...{ habit: settings.owed ?? 'forgotten', ledger, happened },
      send: (data) => this.#send(data),
      cancel: () => this.#link.cancel(),
    });
    this.#surroundings = {
      ...{ clock, ledger, owed: this.#owed, happened },
      delays: withUsualDelays(settings.delays),
      privateField: settings.privateField ?? 'echo',
      answerSessions: settings.answerSessions ?? 3,
      faults: this.#faults,
      newChargeId: settings.newChargeId ?? newChargeId,
      send: (data) => this.#send(data),
      pullCable: () => this.#pullCable(),
    };
  }

  /** Every decision so far, approved or not. */
  get charges(): readonly Charge[] {
    return this.#surroundings.ledger.charges;
  }

  /** True while a customer's transaction is open. */
  get inTransaction(): boolean {
    return this.#run !== undefined;
  }

  /** The scenarios of the next payments, before the amounts decide again. `busy` lets the next ENQ go unheard. */
  next(...names: ScenarioName[]): void {
    this.#choice.queue(names);
  }

  /** Takes back what `next` has said of payments that did not come, and owes nothing any more. */
  forgetNext(): void {
    this.#choice.forget();
    this.#owed.forget();
  }

  /** What a cashier does to a terminal that waits for a customer: the payment ends as abandoned. */
  pressRedKey(): void {
    this.#run?.abandon();
  }

  opened(line: Line): void {
    const toLink = (bytes: Uint8Array) => this.#link.bytes(bytes);
    this.#line = new FaultyLine(this.#clock, line, this.#faults, this.#gateRules, toLink, () => this.#pullCable());
    this.#happened({ kind: 'line_opened' });
    this.#link.attach(this.#line);
  }

  bytes(bytes: Uint8Array): void {
    this.#line?.bytes(bytes);
  }

  closed(reason: string): void {
    this.#line?.close();
    this.#line = undefined;
    this.#link.detach(reason);
    this.#happened({ kind: 'line_closed', reason });
  }

  readonly #gateRules: GateRules = {
    hearsEnquiry: () => this.#hearsEnquiry(),
    takesFrame: (data, evenParity) => this.#takesFrame(data, evenParity),
    requestBegun: () => {
      this.#isRefused = false;
      this.#owed.requestBegun();
    },
    refusalHeard: () => {
      if (this.#isRefused) this.#owed.requestRefused();
    },
    presenceTested: () => {
      this.#happened({ kind: 'presence_tested' });
      this.#owed.enquiryEnded();
    },
  };

  /** One that still has a customer's transaction open takes no new request (OCA/pos issue 550). */
  #hearsEnquiry(): boolean {
    if (this.#run !== undefined) {
      this.#happened({ kind: 'enquiry_ignored', why: 'payment' });
      return false;
    }
    const forced = this.#choice.takeBusy();
    if (forced === 'once') this.#stayBusy();
    if (forced === undefined && this.#clock.monotonicMs() >= this.#busyUntilMs) return this.#owed.hearsEnquiry();
    this.#happened({ kind: 'enquiry_ignored', why: 'busy' });
    return false;
  }

  #takesFrame(data: Uint8Array, evenParity: boolean): boolean {
    const request = decodePaymentRequest(data);
    if (request === null) return this.#refuse('it is no request of protocol E or E+');
    if (!/^\d\d$/.test(request.posNumber)) return this.#refuse('its POS number is not two digits');
    if (this.#run !== undefined && this.#naksRepeated) return this.#refuse('a payment is open');
    const chosen = this.#choice.forRequest(data, request.amountMinor);
    const { scenario } = chosen;
    if (chosen.naks === 0) Object.assign(this.#faults, faultsOf(scenario));
    const wrongParity = scenario.sevenBits === true && !evenParity;
    if (!wrongParity && chosen.naks >= (scenario.naks ?? 0)) return true;
    chosen.naks++;
    this.#isRefused = chosen.naks === MOST_NAKS;
    if (this.#isRefused) this.#choice.settled();
    return this.#refuse(wrongParity ? 'its bytes lack the parity bit of a 7E1 line' : 'the scenario says so');
  }

  #refuse(why: string): false {
    this.#happened({ kind: 'request_refused', why });
    return false;
  }

  /** The link acknowledges what this says true to. */
  #onRequest(data: Uint8Array): boolean {
    const request = decodePaymentRequest(data);
    if (request === null || this.#run !== undefined) return false;
    const { scenario } = this.#choice.forRequest(data, request.amountMinor);
    this.#choice.settled();
    const frameNumber = ++this.#frames;
    this.#happened({ kind: 'request_taken', request, scenario, frameNumber });
    const run = new PaymentRun(this.#surroundings, request, scenario, frameNumber);
    this.#run = run;
    void run.run().then(() => {
      this.#run = undefined;
      Object.assign(this.#faults, noFaults());
      if (scenario.staysBusy) this.#stayBusy();
    });
    return true;
  }

  #send(data: Uint8Array): Promise<TransferOutcome> {
    return this.#link.send({ data, beforeFrame: () => Promise.resolve(true) });
  }

  #stayBusy(): void {
    this.#busyUntilMs = this.#clock.monotonicMs() + this.#surroundings.delays.busyMs;
  }

  #pullCable(): void {
    this.#happened({ kind: 'cable_pulled' });
    this.#cable?.unplug();
    this.#clock.after(this.#surroundings.delays.unpluggedMs, () => {
      this.#happened({ kind: 'cable_back' });
      void this.#cable?.replug();
    });
  }
}
