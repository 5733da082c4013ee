import { ENQ } from './control.ts';
import type { Token } from './deframer.ts';
import { encodeFrame } from './frame.ts';
import { LINK_LIMITS } from './link-limits.ts';
import { beginUninvited, openSession } from './link-session.ts';
import type { LinkState, Sending, SendingPhase } from './link-state.ts';
import { become, change, delivered, endWithEot, failed, note, probed, type Turn, writeControl } from './link-turn.ts';

/** When our next ENQ may go; undefined while nothing asks for one. */
export function bidDueMs(state: LinkState): number | undefined {
  const { sending, probing } = state;
  if (!probing && (sending === null || sending.decision === 'pending')) return undefined;
  if (!state.endMissing || state.lastHeardMs === null) return state.bidNotBeforeMs;
  return Math.max(state.bidNotBeforeMs, state.lastHeardMs + LINK_LIMITS.endMs);
}

export function bid(turn: Turn) {
  change(turn, { endMissing: false });
  writeControl(turn, ENQ);
  become(turn, { at: 'bidding', dueMs: turn.atMs + LINK_LIMITS.enquiryMs });
}

export function onSendingTick(turn: Turn, phase: SendingPhase) {
  switch (phase.at) {
    case 'bidding':
      return onBidFailed(turn, 'silent');
    case 'holding':
      note(turn, 'the frame was held too long: the other side is asked again');
      return endWithEot(turn, 0);
    case 'handing':
    case 'awaiting_ack':
      // The other side may have the frame, so it is not sent again; the answer will tell.
      failed(turn, 'maybe', 'unacknowledged');
      return endWithEot(turn);
  }
}

export function onSendingToken(turn: Turn, phase: SendingPhase, token: Token) {
  if (token.kind === 'control') return onControl(turn, phase, token.control);
  noteOther(turn, phase);
  if (token.kind === 'stray') return note(turn, 'a stray byte');
  endTransferEarly(turn, phase);
  beginUninvited(turn);
}

function onControl(turn: Turn, phase: SendingPhase, control: 'ENQ' | 'EOT' | 'ACK' | 'NAK') {
  if (control === 'ENQ') return onCollision(turn, phase);
  if (phase.at === 'bidding' && control === 'ACK') return onIdleProof(turn);
  if (phase.at === 'bidding' && control === 'NAK') return onBidFailed(turn, 'busy');
  if (phase.at === 'awaiting_ack' && control === 'ACK') {
    delivered(turn);
    return endWithEot(turn, 0);
  }
  if (phase.at === 'awaiting_ack' && control === 'NAK') return onFrameRefused(turn, phase.transmission);
  noteOther(turn, phase);
  note(
    turn,
    phase.at === 'handing' ? `${control} before our frame was handed over: discarded` : `${control} out of place`,
  );
}

/** ENQ against ENQ. With our frame out, it means that the other side has the frame and answers it. */
function onCollision(turn: Turn, phase: SendingPhase) {
  const framed = phase.at === 'handing' || phase.at === 'awaiting_ack';
  if (!framed && turn.rules.yields === false) return note(turn, 'ENQ against our ENQ: we insist');
  endTransferEarly(turn, phase);
  openSession(turn);
}

function endTransferEarly(turn: Turn, phase: SendingPhase) {
  if (phase.at === 'handing' || phase.at === 'awaiting_ack') failed(turn, 'maybe', 'unacknowledged');
}

function onIdleProof(turn: Turn) {
  probed(turn, 'idle');
  const { sending } = turn.state;
  if (sending === null) return endWithEot(turn, 0);
  // At each proof anew: what was allowed before a frame that was held too long may be wanted by nobody now.
  change(turn, { sending: { ...sending, enquiry: 1, decision: 'pending' }, ourFrame: 'deciding' });
  become(turn, { at: 'holding', dueMs: turn.atMs + LINK_LIMITS.holdMs });
  turn.effects.push({ kind: 'ask_before_frame' });
}

function onBidFailed(turn: Turn, why: 'silent' | 'busy') {
  probed(turn, why);
  const { sending } = turn.state;
  if (sending !== null && sending.enquiry < LINK_LIMITS.enquiries) {
    change(turn, { sending: { ...sending, enquiry: sending.enquiry + 1 } });
    return endWithEot(turn, LINK_LIMITS.pauseMs);
  }
  if (sending !== null) failed(turn, 'no', why);
  endWithEot(turn);
}

/** The owner's answer, which may come at any time after it was asked. */
export function onDecided(turn: Turn, allowed: boolean) {
  const { phase, sending } = turn.state;
  if (sending === null || sending.decision !== 'pending') return note(turn, 'a decision that nobody asked for');
  if (!allowed) return onCancelled(turn);
  const decided: Sending = { ...sending, decision: 'allowed' };
  change(turn, { sending: decided });
  if (phase.at === 'holding') sendFrame(turn, decided, 1);
}

/** Nobody wants the message to go any more; once the frame is out that changes nothing. */
export function onCancelled(turn: Turn) {
  const { phase, sending, probing } = turn.state;
  if (sending === null || phase.at === 'handing' || phase.at === 'awaiting_ack') return;
  failed(turn, 'no', 'cancelled');
  if (phase.at === 'holding' || (phase.at === 'bidding' && !probing)) endWithEot(turn);
}

/** Nobody waits any more, and the frame may be out: it goes on, but is not sent again (rule 3). */
export function onUnwanted(turn: Turn) {
  const { sending } = turn.state;
  if (sending !== null) change(turn, { sending: { ...sending, isUnwanted: true } });
}

function sendFrame(turn: Turn, sending: Sending, transmission: number) {
  const bytes = encodeFrame(sending.data);
  change(turn, { ourFrame: 'handing', odd: null });
  turn.effects.push({ kind: 'write', bytes, transmission });
  become(turn, { at: 'handing', transmission, dueMs: turn.atMs + LINK_LIMITS.acknowledgementMs });
}

/** From here on an ACK answers the frame (rule 8). */
export function onHandedOver(turn: Turn) {
  const { phase, ourFrame } = turn.state;
  if (ourFrame !== 'handing') return;
  change(turn, { ourFrame: 'out' });
  if (phase.at !== 'handing') return;
  const dueMs = turn.atMs + LINK_LIMITS.acknowledgementMs;
  become(turn, { at: 'awaiting_ack', transmission: phase.transmission, dueMs });
}

function onFrameRefused(turn: Turn, transmission: number) {
  const { sending } = turn.state;
  const isLast = transmission === LINK_LIMITS.transmissions;
  if (sending !== null && !isLast && !sending.isUnwanted) return sendFrame(turn, sending, transmission + 1);
  // A NAK that would have been tested by another transmission may have been an ACK.
  if (isLast) failed(turn, sending?.otherHeard ? 'maybe' : 'no', 'refused');
  else failed(turn, 'maybe', 'unacknowledged');
  endWithEot(turn);
}

/** `refused` is only safe where the other side said NAK each time and nothing else (rule 8). */
function noteOther(turn: Turn, phase: SendingPhase) {
  const { sending } = turn.state;
  if (sending === null || (phase.at !== 'handing' && phase.at !== 'awaiting_ack')) return;
  change(turn, { sending: { ...sending, otherHeard: true } });
}
