import { type DeframerState, OUTSIDE } from './deframer.ts';
import type { Acceptance } from './link-types.ts';

/** One session of the other side: it opens with ENQ and should end with EOT. */
export interface Session {
  /** False for a frame that came without ENQ: it is taken when whole, and never answered with NAK. */
  readonly opened: boolean;
  readonly afterOurFrame: boolean;
  /** Damaged transmissions so far. */
  readonly damaged: number;
  /** A frame that is kept already, while its sender may not know: it gets ACK and is not handed over again. */
  readonly kept?: Uint8Array;
}

/** What the other side did while its frame was being kept. `other`: it sent a different frame. */
export type Meanwhile = 'nothing' | 'asked' | 'ended' | 'other';

/** The line is gone. · Nothing is going on; our next ENQ may have to wait a while. */
export type Resting = { readonly at: 'closed' } | { readonly at: 'idle' };

/** We have the word, or ask for it. */
export type SendingPhase =
  /** ENQ sent. */
  | { readonly at: 'bidding'; readonly dueMs: number }
  /** ENQ acknowledged, the owner is asked whether the frame may go. */
  | { readonly at: 'holding'; readonly dueMs: number }
  /** Frame written, not yet taken by the operating system: what comes now cannot be an answer to it. */
  | { readonly at: 'handing'; readonly transmission: number; readonly dueMs: number }
  | { readonly at: 'awaiting_ack'; readonly transmission: number; readonly dueMs: number };

/** The other side has the word. */
export type SessionPhase =
  /** ENQ acknowledged, or its frame answered with NAK: STX is awaited. */
  | {
      readonly at: 'invited';
      readonly session: Session;
      readonly sinceMs: number;
      readonly nakked: boolean;
      readonly dueMs: number;
    }
  /** ENQ came again; after a silence, which tells it from a damaged STX, it is acknowledged again. */
  | { readonly at: 'asked_again'; readonly session: Session; readonly dueMs: number }
  | { readonly at: 'receiving'; readonly session: Session; readonly dueMs: number }
  /** A whole frame came; silence has to prove that it is not a piece of something longer. */
  | {
      readonly at: 'quieting';
      readonly session: Session;
      readonly data: Uint8Array;
      readonly verdict: Acceptance;
      readonly dueMs: number;
    }
  /** Handed over; until it is kept, silence. */
  | { readonly at: 'keeping'; readonly session: Session; readonly data: Uint8Array; readonly meanwhile: Meanwhile }
  /** ACK written; EOT should come. */
  | { readonly at: 'accepted'; readonly session: Session; readonly dueMs: number }
  /** Damaged: all is dropped until silence. */
  | { readonly at: 'dropping'; readonly session: Session; readonly dueMs: number };

export type Phase = Resting | SendingPhase | SessionPhase;

export type PhaseAt<At extends Phase['at']> = Extract<Phase, { at: At }>;

/** A message of ours that has not ended yet. */
export interface Sending {
  readonly data: Uint8Array;
  readonly decision: 'unasked' | 'pending' | 'allowed';
  /** Number of the next ENQ, or of the one that is out. */
  readonly enquiry: number;
  readonly yields: number;
  /** Something other than NAK came after the frame had been written: the other side may have meant anything. */
  readonly otherHeard: boolean;
  /** Nobody waits for what comes of it: the frame that is out is the last transmission. */
  readonly isUnwanted: boolean;
}

export interface LinkState {
  readonly phase: Phase;
  readonly deframer: DeframerState;
  readonly sending: Sending | null;
  readonly probing: boolean;
  /** Our next ENQ is not before this. */
  readonly bidNotBeforeMs: number;
  /** The last session of the other side ended without its EOT. */
  readonly endMissing: boolean;
  readonly lastHeardMs: number | null;
  /**
   * Where our last frame is. `before_us`: in an earlier life of this program, so that what comes may answer it.
   * `deciding`: the next one is about to go, so that nothing may answer it yet.
   */
  readonly ourFrame: 'before_us' | 'deciding' | 'handing' | 'out';
  /** The last frame of unknown shape, and how often it came in a row. */
  readonly odd: { readonly data: Uint8Array; readonly times: number } | null;
}

/** A link without a line. */
export const CLOSED_LINK: LinkState = {
  phase: { at: 'closed' },
  deframer: OUTSIDE,
  sending: null,
  probing: false,
  bidNotBeforeMs: 0,
  endMissing: false,
  lastHeardMs: null,
  ourFrame: 'before_us',
  odd: null,
};

/** True while the other side has the word. */
export function inSession(phase: Phase): phase is SessionPhase {
  return 'session' in phase;
}
