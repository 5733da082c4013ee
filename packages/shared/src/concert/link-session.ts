import { ACK } from './control.ts';
import { OUTSIDE } from './deframer.ts';
import { LINK_LIMITS } from './link-limits.ts';
import type { Session } from './link-state.ts';
import { become, change, failed, probed, rest, type Turn, writeControl } from './link-turn.ts';

// How a session of the other side opens, goes on and ends.

/** The other side's ENQ: it gets the word. */
export function openSession(turn: Turn, kept?: Uint8Array) {
  giveWay(turn);
  const session = { opened: true, afterOurFrame: afterOurFrame(turn), damaged: 0, ...(kept && { kept }) };
  writeControl(turn, ACK);
  invite(turn, session, false);
}

/** STX without ENQ: perhaps a frame whose session we gave up. A frame of the other side is never discarded (rule 8). */
export function beginUninvited(turn: Turn) {
  giveWay(turn);
  receive(turn, { opened: false, afterOurFrame: afterOurFrame(turn), damaged: 0 });
}

export function afterOurFrame({ state }: Turn): boolean {
  return state.ourFrame === 'out' || state.ourFrame === 'before_us';
}

/** Whatever we were about to send waits until the other side has finished, five times at most (rule 8). */
function giveWay(turn: Turn) {
  probed(turn, 'busy');
  const { sending } = turn.state;
  if (sending === null) return;
  const yields = sending.yields + 1;
  if (yields > LINK_LIMITS.yields) failed(turn, 'no', 'collisions');
  else change(turn, { sending: { ...sending, yields, enquiry: 1 } });
}

export function invite(turn: Turn, session: Session, nakked: boolean) {
  const dueMs = turn.atMs + LINK_LIMITS.startMs;
  become(turn, { at: 'invited', session, sinceMs: turn.atMs, nakked, dueMs });
}

export function receive(turn: Turn, session: Session) {
  become(turn, { at: 'receiving', session, dueMs: turn.atMs + LINK_LIMITS.byteMs });
}

export function drop(turn: Turn, session: Session) {
  change(turn, { deframer: OUTSIDE });
  become(turn, { at: 'dropping', session, dueMs: turn.atMs + LINK_LIMITS.silenceMs });
}

export function accept(turn: Turn, session: Session) {
  writeControl(turn, ACK);
  become(turn, { at: 'accepted', session, dueMs: turn.atMs + LINK_LIMITS.endMs });
}

/** The session is over. After a missing EOT the other side may still be at it: our next ENQ waits for silence (rule 5). */
export function endSession(turn: Turn, endMissing: boolean) {
  change(turn, { endMissing });
  const { sending } = turn.state;
  // Only ENQ against ENQ needs the pause, lest the two sides collide again.
  rest(turn, sending === null || sending.yields === 0 ? 0 : LINK_LIMITS.pauseMs);
}
