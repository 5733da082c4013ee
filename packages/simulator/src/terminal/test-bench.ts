import { LinkDriver } from '@hipay-ecr/shared/concert/link-driver.ts';
import type { ReceivedMessage, TransferOutcome } from '@hipay-ecr/shared/concert/link-types.ts';
import { acceptsReplies, decodePaymentReply, type PaymentReply } from '@hipay-ecr/shared/concert/payment-reply.ts';
import { encodePaymentRequest, type PaymentRequest } from '@hipay-ecr/shared/concert/payment-request.ts';
import { passTime } from '@hipay-ecr/shared/concert/test-pair.ts';
import { Wire } from '@hipay-ecr/shared/concert/wire.ts';
import { ManualClock } from '@hipay-ecr/shared/manual-clock.ts';
import { scenarioNamed } from './scenario.ts';
import { SimulatedTerminal, type TerminalSettings } from './simulated-terminal.ts';
import type { TerminalEvent } from './terminal-event.ts';

/** A register's link and a simulated terminal on one wire in memory, for tests. */
export class Bench {
  readonly clock = new ManualClock();
  readonly wire = new Wire(this.clock);
  readonly events: TerminalEvent[] = [];
  readonly received: ReceivedMessage[] = [];
  /** Every byte that the terminal wrote, as it travelled. */
  readonly spoken: number[] = [];
  readonly terminal: SimulatedTerminal;
  readonly register: LinkDriver;
  registerLineGone = 0;

  constructor(settings: Partial<TerminalSettings> = {}) {
    this.wire.alter = (byte, from) => {
      if (from === 'right') this.spoken.push(byte);
      return [byte];
    };
    this.terminal = new SimulatedTerminal({
      clock: this.clock,
      cable: { unplug: () => this.wire.cut('the cable was pulled'), replug: () => this.plugIn() },
      happened: (event) => this.events.push(event),
      ...settings,
    });
    const received = async (message: ReceivedMessage) => this.received.push(message) > 0;
    this.register = new LinkDriver(this.clock, { received }, { accepts: acceptsReplies });
    this.plugIn();
  }

  plugIn(): void {
    this.terminal.opened(this.wire.open('right', this.terminal));
    const register = {
      bytes: (bytes: Uint8Array) => this.register.bytes(bytes),
      closed: (reason: string) => {
        this.registerLineGone++;
        this.register.detach(reason);
      },
    };
    this.register.attach(this.wire.open('left', register));
  }

  /** Sends a request and lets time pass until its session is over. */
  async ask(amountMinor: number, more: Partial<PaymentRequest> = {}): Promise<TransferOutcome | undefined> {
    let outcome: TransferOutcome | undefined;
    const transfer = { data: requestData(amountMinor, more), beforeFrame: () => Promise.resolve(true) };
    void this.register.send(transfer).then((ended) => {
      outcome = ended;
    });
    for (let waitedMs = 0; outcome === undefined && waitedMs < 60_000; waitedMs += 100) await this.pass(100);
    return outcome;
  }

  pass(byMs: number): Promise<void> {
    return passTime(this.clock, byMs);
  }

  get replies(): (PaymentReply | null)[] {
    return this.received.map(({ data }) => decodePaymentReply(data));
  }

  /** What happened, without the line's own log. */
  get kinds(): string[] {
    return this.events.map(({ kind }) => kind).filter((kind) => kind !== 'line');
  }
}

export function requestData(amountMinor: number, more: Partial<PaymentRequest> = {}): Uint8Array {
  return encodePaymentRequest({
    posNumber: '01',
    amountMinor,
    answerFlag: '0',
    mode: '1',
    type: '0',
    currencyNumeric: '978',
    privateData: '0123456789',
    delay: 'A010',
    authorization: 'B010',
    ...more,
  });
}

export const delivered = { delivered: true };

/** The amount that calls for it, or one that calls for nothing. */
export function amountOf(name: Parameters<typeof scenarioNamed>[0]): number {
  return scenarioNamed(name).amountMinor ?? 1_250;
}

export function count(bytes: readonly number[], byte: number): number {
  return bytes.filter((other) => other === byte).length;
}
