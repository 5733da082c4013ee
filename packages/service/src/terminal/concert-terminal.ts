import type { Clock } from '@hipay-ecr/shared/clock.ts';
import { LinkDriver } from '@hipay-ecr/shared/concert/link-driver.ts';
import type { ProbeResult, ReceivedMessage, TransferOutcome } from '@hipay-ecr/shared/concert/link-types.ts';
import { acceptsReplies } from '@hipay-ecr/shared/concert/payment-reply.ts';
import { TraceRing } from '@hipay-ecr/shared/concert/trace.ts';
import type { LineSettings } from '@hipay-ecr/shared/config/config.ts';
import { assert } from '../payments/assert.ts';
import type { DeviceIdentity } from '../payments/fact.ts';
import type { KeepAnswer, Log, RequestOutcome, Terminal, TerminalHealth, TerminalRequest } from '../payments/ports.ts';
import { AwaitedAnswer } from './awaited-answer.ts';
import { KeepAlive } from './keep-alive.ts';
import { type OpenLine, openRealLine } from './open-line.ts';
import { requestOutcome } from './request-outcome.ts';
import { readAnswer } from './terminal-answer.ts';
import { terminalLimits } from './terminal-limits.ts';
import { TerminalLine } from './terminal-line.ts';
import { encodedOrNot } from './terminal-request.ts';
import { terminalState } from './terminal-state.ts';

export interface ConcertTerminalOptions {
  clock: Clock;
  log: Log;
  serialPort: string;
  line: LineSettings;
  keep: KeepAnswer;
  /** Whether the terminal may be asked whether it is there: nothing is asked, nothing young is in doubt (rule 10). */
  mayProbe(): boolean;
  /** How long a terminal that never answers shows as asked. */
  answerTimeoutMs?: number;
  keepAliveMs?: number;
  /** A simulation has a wire in memory here. */
  openLine?: OpenLine;
  /** The answer to the last request came damaged, and nothing has come since. */
  answerLost?(): void;
  onState?(health: TerminalHealth): void;
}

/** The terminal at the end of its line, wherever that is at the moment. */
export class ConcertTerminal implements Terminal {
  readonly #options: ConcertTerminalOptions;
  readonly #driver: LinkDriver;
  readonly #line: TerminalLine;
  readonly #keepAlive: KeepAlive;
  readonly #trace = new TraceRing(terminalLimits.traceEvents);
  /** Whether it spoke when it was last spoken to on this line; undefined where it was not yet. */
  #answers: boolean | undefined;
  #requesting = false;
  readonly #awaited: AwaitedAnswer;
  #told = '';
  #lastIdle: TerminalHealth['lastIdle'];

  constructor(options: ConcertTerminalOptions) {
    this.#options = options;
    const { clock, log, serialPort, line, openLine = openRealLine() } = options;
    this.#driver = new LinkDriver(
      clock,
      {
        received: (message) => this.#received(message),
        answerDamaged: () => this.#awaited.damaged(),
        traced: (event) => this.#trace.add(event),
      },
      { accepts: acceptsReplies },
    );
    this.#line = new TerminalLine({
      ...{ clock, log, serialPort, line, openLine, driver: this.#driver },
      changed: () => this.#lineChanged(),
    });
    const lastHeardAtMs = () => this.#driver.lastHeardAtMs;
    this.#awaited = new AwaitedAnswer({
      ...{ clock, lastHeardAtMs },
      timeoutMs: options.answerTimeoutMs ?? terminalLimits.answerTimeoutMs,
      givenUp: () => this.#tellState(),
      lost: () => options.answerLost?.(),
    });
    this.#keepAlive = new KeepAlive({
      ...{ clock, lastHeardAtMs },
      everyMs: options.keepAliveMs ?? terminalLimits.keepAliveMs,
      mayProbe: () => !this.#isAsked && options.mayProbe(),
      probe: async () => void (await this.probe()),
    });
  }

  /** Resolves once the line is open or known to be absent; from then on it is kept open. */
  start(): Promise<void> {
    return this.#line.start();
  }

  stop(): void {
    this.#keepAlive.lineClosed();
    this.#awaited.end();
    this.#line.stop();
  }

  async request(
    request: TerminalRequest,
    beforeFrame: (device: DeviceIdentity) => Promise<boolean>,
  ): Promise<RequestOutcome> {
    assert(!this.#requesting && !this.#line.wait.isWaiting, 'the terminal is asked while it is being asked');
    const isWanted = this.#line.state.at === 'open' || (await this.#line.wait.oneTry());
    if (!isWanted) return requestOutcome({ delivered: false, reached: 'no', reason: 'cancelled' }, '');
    const line = this.#line.state;
    if (line.at !== 'open') return { delivered: false, reached: 'no', reason: 'absent', detail: line.detail };
    const encoded = encodedOrNot(request);
    if (!('data' in encoded)) return encoded;
    const { data } = encoded;
    // What went over the line since the last payment (presence tests, mostly) is no part of this one's trace.
    const idleTrace = this.#trace.take();
    this.#awaited.end();
    this.#requesting = true;
    this.#tellState();
    const outcome = await this.#driver.send({ data, beforeFrame: () => beforeFrame(this.#provedIdle(line.device)) });
    this.#requesting = false;
    this.#learnFrom(outcome);
    this.#tellState();
    const lines = idleTrace();
    if (lines.length > 0) this.#options.log.debug('On the line since the last payment.', { lines });
    return requestOutcome(outcome, this.#line.state.at === 'open' ? 'it closed' : this.#line.state.detail);
  }

  cancel(): void {
    this.#line.wait.giveUp();
    this.#driver.cancel();
  }

  sendNoMore(): void {
    this.#driver.sendNoMore();
  }

  /** Asks whether the terminal is there and idle: one ENQ, then EOT. Whether it may be asked is the caller's to know. */
  async probe(): Promise<ProbeResult> {
    const result = await this.#driver.probe();
    if (result === 'idle' && this.#line.lastDevice !== undefined) this.#provedIdle(this.#line.lastDevice);
    if (result === 'idle' || result === 'silent') this.#answers = result === 'idle';
    this.#tellState();
    return result;
  }

  health(): TerminalHealth {
    const { clock, serialPort } = this.#options;
    const heardAtMs = this.#driver.lastHeardAtMs;
    return {
      ...terminalState({ line: this.#line.state, isAsked: this.#isAsked, answers: this.#answers }),
      port: this.#line.lastDevice?.port ?? serialPort,
      ...(heardAtMs !== null && { lastHeardAtMs: Math.round(clock.nowMs() - (clock.monotonicMs() - heardAtMs)) }),
      ...(this.#lastIdle !== undefined && { lastIdle: this.#lastIdle }),
      inSession: this.#driver.inSession,
    };
  }

  takeTrace(): () => string[] {
    return this.#trace.take(this.#driver.inSession);
  }

  get #isAsked(): boolean {
    return this.#requesting || this.#awaited.isAwaited;
  }

  #tellState(): void {
    const health = this.health();
    const key = `${health.state} ${health.port} ${health.detail}`;
    if (key === this.#told) return;
    this.#told = key;
    this.#options.onState?.(health);
  }

  #lineChanged(): void {
    this.#answers = undefined;
    if (this.#line.state.at === 'open') this.#keepAlive.lineOpened();
    else this.#keepAlive.lineClosed();
    this.#tellState();
  }

  #learnFrom(outcome: TransferOutcome): void {
    if (outcome.delivered || outcome.reached === 'maybe') this.#awaited.begin();
    if (outcome.delivered || outcome.reason === 'refused' || outcome.reason === 'busy') this.#answers = true;
    else if (outcome.reason === 'silent') this.#answers = false;
  }

  async #received(message: ReceivedMessage): Promise<boolean> {
    const device = this.#line.lastDevice;
    assert(device !== undefined, 'a frame came over a line that never opened');
    this.#answers = true;
    const answer = readAnswer(message, device);
    const kept = await this.#options.keep(answer);
    // STAT 9 says only that the request was taken: the result is still to come (rule 8).
    if (kept && answer.afterOurFrame && answer.reading?.stat !== '9') this.#awaited.end();
    this.#tellState();
    return kept;
  }

  /** By the wall at that moment: reckoned later, over a clock that was set, an old proof could look younger than a doubt. */
  #provedIdle(device: DeviceIdentity): DeviceIdentity {
    this.#lastIdle = { atMs: this.#options.clock.nowMs(), identity: device.identity };
    return device;
  }
}
