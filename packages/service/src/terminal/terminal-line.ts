import type { Clock } from '@hipay-ecr/shared/clock.ts';
import type { LineListener } from '@hipay-ecr/shared/concert/line.ts';
import type { LinkDriver } from '@hipay-ecr/shared/concert/link-driver.ts';
import type { LineSettings } from '@hipay-ecr/shared/config/config.ts';
import type { DeviceIdentity } from '../payments/fact.ts';
import type { Log } from '../payments/ports.ts';
import { inFormat, LineFormats, type LineFormatTrial } from './line-format.ts';
import { LineKeeper } from './line-keeper.ts';
import { LineWait } from './line-wait.ts';
import type { OpenedLine, OpenLine } from './open-line.ts';

export interface TerminalLineRooms {
  clock: Clock;
  log: Log;
  serialPort: string;
  line: LineSettings;
  openLine: OpenLine;
  driver: LinkDriver;
  /** It opened, was lost, or could not be opened. */
  changed(): void;
}

export type LineState =
  | { at: 'opening'; detail: string }
  | { at: 'open'; device: DeviceIdentity }
  /** `detail` says to a person why, and what to do. */
  | { at: 'absent'; detail: string };

/** The line to the terminal, put under the link whenever it is there, in the format that the device speaks. */
export class TerminalLine {
  readonly #rooms: TerminalLineRooms;
  readonly #formats: LineFormats;
  readonly #keeper: LineKeeper;
  /** A cashier plugs the terminal in and presses "pay": that must not fail for a pause between two attempts. */
  readonly wait: LineWait;
  #trial: LineFormatTrial | undefined;
  #lastDevice: DeviceIdentity | undefined;
  #state: LineState = { at: 'opening', detail: 'the port is being opened' };

  constructor(rooms: TerminalLineRooms) {
    this.#rooms = rooms;
    this.#formats = new LineFormats(rooms.line);
    this.#keeper = new LineKeeper(rooms.clock, (listener) => this.#open(listener), {
      opened: (opened) => this.#opened(opened),
      bytes: (bytes) => {
        this.#trial?.hear(bytes);
        rooms.driver.bytes(bytes);
      },
      lost: (reason) => this.#lost(reason),
      failed: (reason) => this.#failed(reason),
    });
    this.wait = new LineWait(rooms.clock, () => this.#keeper.tryNow());
  }

  get state(): LineState {
    return this.#state;
  }

  /** The device at the end of the line, or the one that was there last. */
  get lastDevice(): DeviceIdentity | undefined {
    return this.#lastDevice;
  }

  /** Resolves once the line is open or known to be absent; from then on it is kept open. */
  start(): Promise<void> {
    return this.#keeper.start();
  }

  stop(): void {
    this.#keeper.stop();
    this.#state = { at: 'absent', detail: 'the service is stopping' };
    this.#rooms.driver.detach('the service is stopping');
    this.wait.end();
  }

  #open(listener: LineListener): Promise<OpenedLine> {
    const { openLine, serialPort, line } = this.#rooms;
    const lastIdentity = this.#lastDevice?.identity;
    return openLine({ serialPort, line, ...(lastIdentity !== undefined && { lastIdentity }) }, listener);
  }

  #opened({ line, device }: OpenedLine): void {
    const { driver, log } = this.#rooms;
    this.#state = { at: 'open', device };
    this.#lastDevice = device;
    this.#trial = this.#formats.open(device.identity, (format) => {
      log.info(`The terminal speaks ${format}, though the port is set otherwise: it is spoken to in that format.`, {
        ...device,
      });
    });
    log.info('The line to the terminal is open.', { ...device });
    driver.attach(inFormat(line, this.#trial));
    this.#rooms.changed();
    this.wait.end();
  }

  #lost(reason: string): void {
    const { driver, log, changed } = this.#rooms;
    // The reason is the system's own word for it ("bad file descriptor"), which tells a cashier nothing.
    const where = this.#lastDevice?.port ?? this.#rooms.serialPort;
    this.#state = {
      at: 'absent',
      detail: `${where} is gone (${reason}): is the terminal switched on and its cable plugged in?`,
    };
    log.warn('The line to the terminal is lost; it is looked for.', { ...this.#lastDevice, reason });
    driver.detach(reason);
    changed();
  }

  #failed(detail: string): void {
    const isNews = this.#state.at !== 'absent' || this.#state.detail !== detail;
    this.#state = { at: 'absent', detail };
    // The same every ten seconds for a night would drown all else.
    if (isNews) this.#rooms.log.warn(`The line to the terminal cannot be opened: ${detail}`);
    this.#rooms.changed();
    this.wait.end();
  }
}
