import type { Clock } from '../clock.ts';
import { DueTimer } from './due-timer.ts';
import { encodeFrame } from './frame.ts';
import type { Line } from './line.ts';
import { ParityWitness } from './line-parity.ts';
import { nextDueMs, step } from './link.ts';
import type { LinkListener, LinkOptions, Transfer } from './link-owner.ts';
import { CLOSED_LINK, inSession, type LinkState } from './link-state.ts';
import type { LinkEffect, LinkInput, ProbeResult, ReceivedMessage, TransferOutcome } from './link-types.ts';
import { HeardBytes } from './trace-event.ts';

/** One side of a Concert V2 conversation on a line: the link's pure machine, given a clock, a line and promises. */
export class LinkDriver {
  readonly #clock: Clock;
  readonly #listener: LinkListener;
  readonly #options: LinkOptions;
  readonly #heard: HeardBytes;
  readonly #parity = new ParityWitness();
  readonly #timer: DueTimer;
  #state: LinkState = CLOSED_LINK;
  #line: Line | undefined;
  #inputs: LinkInput[] = [];
  #running = false;
  #transfer: { transfer: Transfer; end(outcome: TransferOutcome): void } | undefined;
  #probe: { end(result: ProbeResult): void } | undefined;
  /** Told apart by identity: what a promise of an earlier line or message says later does not count. */
  #keeping: ReceivedMessage | undefined;
  #handing: Uint8Array | undefined;

  constructor(clock: Clock, listener: LinkListener, options: LinkOptions) {
    this.#clock = clock;
    this.#listener = listener;
    this.#options = options;
    this.#timer = new DueTimer(clock, () => this.#run({ kind: 'tick', atMs: this.#nowMs }));
    this.#heard = new HeardBytes(clock, (event) => listener.traced?.(event));
  }

  /** Puts an open line under the machine; what comes in is drained for a while first. */
  attach(line: Line): void {
    if (this.#line !== undefined) throw new Error('attach: there is a line already; detach it first');
    this.#line = line;
    this.#parity.forget();
    this.#run({ kind: 'opened', atMs: this.#nowMs });
  }

  /** The line is gone; what is under way ends with `closed`. Harmless where there is none. */
  detach(reason: string): void {
    if (this.#line === undefined) return;
    this.#line = undefined;
    this.#keeping = undefined;
    this.#handing = undefined;
    this.#heard.flush();
    this.#heard.note(`line closed: ${reason}`);
    this.#run({ kind: 'closed', atMs: this.#nowMs });
  }

  /** Bytes that the line brought. */
  bytes(bytes: Uint8Array): void {
    if (this.#line === undefined) return;
    this.#parity.hear(bytes);
    // They came together: one moment for all of them is also one timer, not one each.
    const atMs = this.#nowMs;
    for (const byte of bytes) this.#run({ kind: 'byte', byte, atMs });
  }

  /** Sends one message. One at a time: asking while one is under way is a bug. */
  send(transfer: Transfer): Promise<TransferOutcome> {
    if (this.#transfer !== undefined) throw new Error('send: a message is under way already');
    // What no frame can hold is a bug of the caller's: it shows here, before anybody is asked anything.
    encodeFrame(transfer.data);
    return new Promise((end) => {
      this.#transfer = { transfer, end };
      this.#run({ kind: 'send', data: transfer.data, atMs: this.#nowMs });
    });
  }

  /** Gives up the message under way, where its frame is not out yet: it ends as `cancelled`. Else nothing changes. */
  cancel(): void {
    this.#run({ kind: 'send_cancelled', atMs: this.#nowMs });
  }

  /** Nobody waits for the message under way any more: where its frame is out, it is not sent again. */
  sendNoMore(): void {
    this.#run({ kind: 'send_no_more', atMs: this.#nowMs });
  }

  /**
   * Asks whether the other side is there and idle, without a transaction: one ENQ, then EOT. `busy` also where the line
   * is in use by either side. A message sent meanwhile takes the probe's ACK as its own.
   */
  probe(): Promise<ProbeResult> {
    if (this.#probe !== undefined) return Promise.resolve('busy');
    return new Promise((end) => {
      this.#probe = { end };
      this.#run({ kind: 'probe', atMs: this.#nowMs });
    });
  }

  /** True while a session of the other side is in progress. */
  get inSession(): boolean {
    return inSession(this.#state.phase);
  }

  /** When the last byte came, monotonic; null where none ever did. */
  get lastHeardAtMs(): number | null {
    return this.#state.lastHeardMs;
  }

  /** What the bytes heard since the line was opened say about how the other side sends. */
  get heardFormat(): '7E1' | '8N1' | 'undecided' {
    return this.#parity.format;
  }

  get #nowMs(): number {
    return this.#clock.monotonicMs();
  }

  /** Effects may call back at once; inputs therefore queue, and each is taken on the state that the last one left. */
  #run(input: LinkInput): void {
    this.#inputs.push(input);
    if (this.#running) return;
    this.#running = true;
    try {
      for (let next = this.#inputs.shift(); next !== undefined; next = this.#inputs.shift()) {
        const { state, effects } = step(this.#options, this.#state, next);
        this.#state = state;
        if (next.kind === 'byte') this.#heard.hear(next.byte & 0x7f, state);
        for (const effect of effects) this.#perform(effect);
      }
    } finally {
      this.#running = false;
    }
    this.#timer.follow(nextDueMs(this.#state));
  }

  #perform(effect: LinkEffect): void {
    switch (effect.kind) {
      case 'write':
        this.#write(effect.bytes, effect.transmission);
        break;
      case 'note':
        this.#heard.note(effect.text);
        break;
      case 'ask_before_frame':
        this.#askBeforeFrame();
        break;
      case 'received':
        this.#handOver(effect.message);
        break;
      case 'answer_damaged':
        this.#listener.answerDamaged?.();
        break;
      case 'sent':
        this.#transfer?.end(effect.outcome);
        this.#transfer = undefined;
        break;
      case 'probed':
        this.#probe?.end(effect.result);
        this.#probe = undefined;
        break;
    }
  }

  #write(bytes: Uint8Array, transmission: number): void {
    this.#heard.flush();
    this.#listener.traced?.({ atMs: this.#clock.nowMs(), direction: 'out', bytes });
    const travelling = this.#options.encode?.(bytes, transmission) ?? bytes;
    if (transmission === 0) return void this.#line?.write(travelling);
    this.#handing = bytes;
    this.#line?.write(travelling, () => {
      if (this.#handing !== bytes) return;
      this.#handing = undefined;
      this.#run({ kind: 'handed_over', atMs: this.#nowMs });
    });
  }

  #askBeforeFrame(): void {
    const asked = this.#transfer;
    const decided = (allowed: boolean) => {
      if (this.#transfer === asked) this.#run({ kind: 'decided', allowed, atMs: this.#nowMs });
    };
    asked?.transfer.beforeFrame().then(decided, (error: unknown) => {
      this.#heard.note(`the frame stays here: ${String(error)}`);
      decided(false);
    });
  }

  #handOver(message: ReceivedMessage): void {
    this.#keeping = message;
    const kept = (isKept: boolean) => {
      if (this.#keeping !== message) return;
      this.#keeping = undefined;
      this.#run({ kind: isKept ? 'kept' : 'not_kept', atMs: this.#nowMs });
    };
    this.#listener.received(message).then(kept, (error: unknown) => {
      this.#heard.note(`not kept: ${String(error)}`);
      kept(false);
    });
  }
}
