// What the link says to its owner, and what its owner says to it.

/** How a transfer ended. `reached` says whether the other side may have the message: known only here. */
export type TransferOutcome =
  | { delivered: true }
  | { delivered: false; reached: 'no' | 'maybe'; reason: TransferFailure };

/**
 * silent: ENQ never acknowledged · busy: ENQ answered with NAK · collisions: too many ENQ against ENQ · cancelled: `beforeFrame` said no ·
 * refused: every transmission of the frame got NAK · unacknowledged: the frame went out, and no ACK came · closed: the line went away.
 */
export type TransferFailure = 'silent' | 'busy' | 'collisions' | 'cancelled' | 'refused' | 'unacknowledged' | 'closed';

export type ProbeResult = 'idle' | 'silent' | 'busy' | 'closed';

/** A whole frame as it came in, its LRC checked. */
export interface ReceivedMessage {
  /** Between STX and ETX, bit 7 of each byte cleared. */
  data: Uint8Array;
  /** True where it breaks rule 6 of docs/money.md and came three times the same: it is kept, but never understood. */
  dialect: boolean;
  /** The session in which it came was opened after our last frame was handed to the device. */
  afterOurFrame: boolean;
}

/**
 * What the shape of a frame's data says. `odd`: no message of ours to read, so it is damaged, or a dialect.
 * `after_silence`: good where nothing follows it, as a piece of something longer could look like it.
 */
export type Acceptance = 'at_once' | 'after_silence' | 'odd';

/** What one chair of the line decides otherwise than the other. */
export interface LinkRules {
  accepts(data: Uint8Array): Acceptance;
  /** Whether ENQ against ENQ makes this side give way (the default). Of two sides one must not, or both would for ever. */
  yields?: boolean;
}

/** Whatever happens to the link; `atMs` is monotonic. */
export type LinkInput =
  | { kind: 'opened' | 'closed' | 'tick' | 'send_cancelled' | 'send_no_more' | 'probe'; atMs: number }
  /** Our frame was taken by the operating system. */
  | { kind: 'handed_over'; atMs: number }
  | { kind: 'byte'; byte: number; atMs: number }
  | { kind: 'send'; data: Uint8Array; atMs: number }
  /** The answer to `ask_before_frame`. */
  | { kind: 'decided'; allowed: boolean; atMs: number }
  /** The answer to `received`: whether it is on disk. */
  | { kind: 'kept' | 'not_kept'; atMs: number };

/** What the link wants done, in this order. */
export type LinkEffect =
  /** `transmission` is 1 to 3 for our frame, 0 for a control. */
  | { kind: 'write'; bytes: Uint8Array; transmission: number }
  | { kind: 'ask_before_frame' }
  | { kind: 'received'; message: ReceivedMessage }
  /** What the other side sent after our frame came damaged each time; it may not send it again (rule 8). */
  | { kind: 'answer_damaged' }
  | { kind: 'sent'; outcome: TransferOutcome }
  | { kind: 'probed'; result: ProbeResult }
  | { kind: 'note'; text: string };
