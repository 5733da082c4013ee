import type { Line, LineListener } from '@hipay-ecr/shared/concert/line.ts';
import { passTime } from '@hipay-ecr/shared/concert/test-pair.ts';
import { Wire } from '@hipay-ecr/shared/concert/wire.ts';
import { ManualClock } from '@hipay-ecr/shared/manual-clock.ts';
import type { DeviceIdentity } from '../../src/payments/fact.ts';
import type { TerminalAnswer, TerminalHealth, TerminalRequest } from '../../src/payments/ports.ts';
import { ConcertTerminal, type ConcertTerminalOptions } from '../../src/terminal/concert-terminal.ts';
import { recordingLog } from './recording-log.ts';

export const DEVICE: DeviceIdentity = { port: '/dev/ttyACM0', identity: 'usb-079b_0028-if00' };
export const NOT_THERE = '/dev/ttyACM0 is not there: is the terminal switched on and its cable plugged in?';

/** What stands at the other end of the wire. */
export interface OtherSide extends LineListener {
  opened(line: Line): void;
}

/** A ConcertTerminal whose line is a wire in memory, by a clock that the test moves. */
export class TerminalOnWire {
  readonly clock = new ManualClock();
  readonly log = recordingLog();
  readonly answers: TerminalAnswer[] = [];
  readonly states: TerminalHealth['state'][] = [];
  /** Monotonic times at which the line was opened, or tried to be. */
  readonly attemptsMs: number[] = [];
  readonly terminal: ConcertTerminal;
  otherSide: OtherSide | undefined;
  mayProbe = true;
  keep: (answer: TerminalAnswer) => Promise<boolean> = () => Promise.resolve(true);
  readonly #wire = new Wire(this.clock);
  #pluggedIn = false;

  constructor(options: Partial<ConcertTerminalOptions> = {}) {
    this.terminal = new ConcertTerminal({
      clock: this.clock,
      log: this.log,
      serialPort: 'auto',
      line: { baudRate: 9600, dataBits: 8, parity: 'none', stopBits: 1 },
      keep: (answer) => {
        this.answers.push(answer);
        return this.keep(answer);
      },
      mayProbe: () => this.mayProbe,
      onState: ({ state }) => this.states.push(state),
      openLine: async (_settings, listener) => {
        this.attemptsMs.push(this.clock.monotonicMs());
        if (!this.#pluggedIn) throw new Error(NOT_THERE);
        return { line: this.#wire.open('left', listener), device: DEVICE };
      },
      ...options,
    });
  }

  plugIn(): void {
    if (this.#pluggedIn) return;
    this.#pluggedIn = true;
    const { otherSide } = this;
    if (otherSide === undefined) return;
    otherSide.opened(
      this.#wire.open('right', { bytes: (bytes) => otherSide.bytes(bytes), closed: (why) => otherSide.closed(why) }),
    );
  }

  unplug(): void {
    this.#pluggedIn = false;
    this.#wire.cut('the device hung up');
  }

  pass(ms: number): Promise<void> {
    return passTime(this.clock, ms);
  }
}

export function requestOf(amountMinor: number, changes: Partial<TerminalRequest> = {}): TerminalRequest {
  return {
    amountMinor,
    currency: 'EUR',
    transactionType: 'Debit',
    forceAuthorization: false,
    posNumber: '01',
    token: '0123456789',
    ...changes,
  };
}
