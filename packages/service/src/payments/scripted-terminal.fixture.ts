import { assert } from './assert.ts';
import type { DeviceIdentity } from './fact.ts';
import { DEVICE } from './payment.fixture.ts';
import type { RequestOutcome, Terminal, TerminalHealth, TerminalRequest } from './ports.ts';

type NotDelivered = Extract<RequestOutcome, { delivered: false }>;

/** A terminal on its line, as far as the centre sees it: it does what a test says. */
export class ScriptedTerminal implements Terminal {
  /** The requests whose frame went out. */
  readonly frames: TerminalRequest[] = [];
  /** It never proves to be idle, and says this. */
  failsBeforeFrame: NotDelivered | undefined;
  /** The frame goes out, and this comes of it. */
  failsAfterFrame: NotDelivered | undefined;
  /** It takes its time to acknowledge the ENQ, until `acknowledge` is called. */
  isSlow = false;
  /** How often it proves to be idle: once more for each time that the frame is held too long. */
  proofs = 1;
  /** It has a word of its own before the frame can go, until `letGo` is called. */
  isHeld = false;
  /** Its frame is out, and what comes of that shows once `endTransfer` is called. */
  transfers = false;
  /** Nobody waits for what is out. */
  isLeftOff = false;
  inSession = false;
  /** What an ENQ comes to; an idle one is remembered, with the clock that a test sets. */
  enquiry: 'idle' | 'silent' | 'busy' | 'closed' = 'idle';
  enquiries = 0;
  identity = DEVICE.identity;
  lastHeardAtMs: number | undefined;
  lastIdle: TerminalHealth['lastIdle'];
  nowMs: () => number = () => 0;
  trace: string[] = [];
  #go: ((proved: boolean) => void) | undefined;
  #letGo: (() => void) | undefined;
  #giveUp: (() => void) | undefined;
  #endTransfer: (() => void) | undefined;
  #isRequesting = false;
  /** How often it was asked, and so sent an ENQ at least. */
  requests = 0;

  async request(
    request: TerminalRequest,
    beforeFrame: (device: DeviceIdentity) => Promise<boolean>,
  ): Promise<RequestOutcome> {
    assert(!this.#isRequesting, 'the terminal is asked while it is being asked');
    this.#isRequesting = true;
    this.requests += 1;
    try {
      return await this.#request(request, beforeFrame);
    } finally {
      this.#isRequesting = false;
    }
  }

  async #request(
    request: TerminalRequest,
    beforeFrame: (device: DeviceIdentity) => Promise<boolean>,
  ): Promise<RequestOutcome> {
    this.trace = ['> ENQ'];
    const proved = this.isSlow ? await new Promise<boolean>((resolve) => (this.#go = resolve)) : true;
    if (this.failsBeforeFrame !== undefined) return this.failsBeforeFrame;
    const givenUp = new Promise<boolean>((resolve) => (this.#giveUp = () => resolve(false)));
    for (let proof = 0; proof < this.proofs; proof += 1) {
      if (proved && (await Promise.race([beforeFrame(DEVICE), givenUp]))) continue;
      return { delivered: false, reached: 'no', reason: 'cancelled', detail: 'the request was given up' };
    }
    if (this.isHeld) await new Promise<void>((resolve) => (this.#letGo = resolve));
    this.frames.push(request);
    if (this.transfers) await new Promise<void>((resolve) => (this.#endTransfer = resolve));
    return this.failsAfterFrame ?? { delivered: true };
  }

  /** The ENQ's ACK. */
  acknowledge(): void {
    this.#go?.(true);
  }

  /** The frame goes out. */
  letGo(): void {
    this.isHeld = false;
    this.#letGo?.();
  }

  /** It has acknowledged the frame at last, or `failsAfterFrame`. */
  endTransfer(): void {
    this.transfers = false;
    this.#endTransfer?.();
  }

  cancel(): void {
    this.#go?.(false);
    this.#giveUp?.();
  }

  /** What is out is not sent again. */
  sendNoMore(): void {
    this.isLeftOff = true;
  }

  async probe(): Promise<'idle' | 'silent' | 'busy' | 'closed'> {
    this.enquiries += 1;
    if (this.enquiry === 'idle') this.lastIdle = { atMs: this.nowMs(), identity: this.identity };
    return this.enquiry;
  }

  health(): TerminalHealth {
    const { inSession, lastIdle, lastHeardAtMs } = this;
    return {
      ...{ state: 'connected', port: DEVICE.port, detail: '', inSession },
      ...(lastIdle && { lastIdle }),
      ...(lastHeardAtMs !== undefined && { lastHeardAtMs }),
    };
  }

  takeTrace(): () => string[] {
    const lines = this.trace;
    this.trace = [];
    return () => lines;
  }
}
