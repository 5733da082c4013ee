import type { LinkRules, ReceivedMessage } from './link-types.ts';
import type { TraceEvent } from './trace-event.ts';

/** A message to send: one ENQ … EOT. */
export interface Transfer {
  /** The data between STX and ETX, bytes 20..7F. */
  data: Uint8Array;
  /**
   * Called once, when the other side has ACKed our ENQ, that is, has proved to be idle. The frame leaves only after it
   * resolves true; false ends the session with EOT, nothing sent. Where it took longer than a second, the other side
   * is asked ENQ again before the frame leaves; the answer is remembered.
   */
  beforeFrame(): Promise<boolean>;
}

/** What the driver tells its owner. */
export interface LinkListener {
  /**
   * A frame came. Its ACK is written once this resolves true; false means that it could not be kept: silence, and the
   * same frame, sent again, is handed over again.
   */
  received(message: ReceivedMessage): Promise<boolean>;
  /** What came after our frame was damaged each time it was sent, and is given up for now. */
  answerDamaged?(): void;
  /** Everything that goes over the line and everything odd about it. */
  traced?(event: TraceEvent): void;
}

export interface LinkOptions extends LinkRules {
  /**
   * Turns bytes into what travels, where the line's format is not the port's. `transmission` is 1 to 3 for our frame,
   * 0 for a control.
   */
  encode?(bytes: Uint8Array, transmission: number): Uint8Array;
}
