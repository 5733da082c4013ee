import type { Clock } from '../clock.ts';
import type { Line } from './line.ts';

/** A message to send: one ENQ … EOT. */
export interface Transfer {
  /** The data between STX and ETX, bytes 20..7F. */
  data: Uint8Array;
  /**
   * Called each time the other side has ACKed our ENQ, that is, has proved to be idle. The frame leaves only after it
   * resolves true; false ends the session with EOT, nothing sent. Called a second time only where the first took so
   * long that a new proof was needed (it should then answer true at once).
   */
  beforeFrame(): Promise<boolean>;
}

/** How a transfer ended. `reached` says whether the other side may have the message: known only here. */
export type TransferOutcome =
  | { delivered: true }
  | { delivered: false; reached: 'no' | 'maybe'; reason: TransferFailure };

/**
 * silent: ENQ never acknowledged · busy: ENQ answered with NAK · collisions: too many ENQ against ENQ · cancelled: `beforeFrame` said no ·
 * refused: every transmission of the frame got NAK · unacknowledged: the frame went out, and no ACK came · closed: the line went away.
 */
export type TransferFailure = 'silent' | 'busy' | 'collisions' | 'cancelled' | 'refused' | 'unacknowledged' | 'closed';

/** A whole frame as it came in, its LRC checked. */
export interface ReceivedMessage {
  /** Between STX and ETX, bit 7 of each byte cleared. */
  data: Uint8Array;
  /** True where it breaks a rule of MONEY.md 6 and came three times the same: it is kept, but never understood. */
  dialect: boolean;
  /** The session in which it came was opened after our last frame was handed to the device. */
  afterOurFrame: boolean;
}

/** One event of the line, for the trace: bytes as they travelled (bit 7 cleared), or a remark. */
export interface TraceEvent {
  atMs: number;
  direction: 'out' | 'in' | 'note';
  bytes?: Uint8Array;
  text?: string;
}

/** What the driver tells its owner. */
export interface LinkListener {
  /**
   * A frame came. Its ACK is written once this resolves true; false means that it could not be kept: silence, and the
   * same frame, sent again, is handed over again.
   */
  received(message: ReceivedMessage): Promise<boolean>;
  /** Everything that goes over the line and everything odd about it. */
  traced?(event: TraceEvent): void;
}

/** One side of a Concert V2 conversation on a line: the link's pure machine, given a clock, a line and promises. */
export declare class LinkDriver {
  constructor(clock: Clock, listener: LinkListener);
  /** Puts an open line under the machine; what comes in is drained for a while first. */
  attach(line: Line): void;
  /** The line is gone; what is under way ends with `closed`. */
  detach(reason: string): void;
  /** Bytes that the line brought. */
  bytes(bytes: Uint8Array): void;
  /** Sends one message. One at a time: asking while one is under way is a bug. */
  send(transfer: Transfer): Promise<TransferOutcome>;
  /** Asks whether the other side is there and idle, without a transaction: one ENQ, then EOT. */
  probe(): Promise<'idle' | 'silent' | 'busy' | 'closed'>;
}
