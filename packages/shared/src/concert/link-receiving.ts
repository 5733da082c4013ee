import { ACK, ETX, NAK } from './control.ts';
import { OUTSIDE, type Token } from './deframer.ts';
import { sameBytes } from './frame.ts';
import { LINK_LIMITS } from './link-limits.ts';
import type { Session, SessionPhase } from './link-state.ts';
import { become, change, failed, note, probed, rest, type Turn, writeControl } from './link-turn.ts';

type In<At extends SessionPhase['at']> = Extract<SessionPhase, { at: At }>;

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

function afterOurFrame({ state }: Turn): boolean {
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

function invite(turn: Turn, session: Session, nakked: boolean) {
  const dueMs = turn.atMs + LINK_LIMITS.startMs;
  become(turn, { at: 'invited', session, sinceMs: turn.atMs, nakked, dueMs });
}

function receive(turn: Turn, session: Session) {
  become(turn, { at: 'receiving', session, dueMs: turn.atMs + LINK_LIMITS.byteMs });
}

function drop(turn: Turn, session: Session) {
  change(turn, { deframer: OUTSIDE });
  become(turn, { at: 'dropping', session, dueMs: turn.atMs + LINK_LIMITS.silenceMs });
}

function accept(turn: Turn, session: Session) {
  writeControl(turn, ACK);
  become(turn, { at: 'accepted', session, dueMs: turn.atMs + LINK_LIMITS.endMs });
}

/** The session is over. After a missing EOT the other side may still be at it: our next ENQ waits for silence (rule 5). */
function endSession(turn: Turn, endMissing: boolean) {
  change(turn, { endMissing });
  rest(turn, turn.state.sending === null ? 0 : LINK_LIMITS.pauseMs);
}

/** A transmission is lost: NAK asks for it again, twice at most. */
function damage(turn: Turn, session: Session) {
  const damaged = session.damaged + 1;
  if (session.opened && damaged < LINK_LIMITS.transmissions) {
    writeControl(turn, NAK);
    invite(turn, { ...session, damaged }, true);
  } else {
    note(turn, session.opened ? `damaged ${damaged} times: given up` : 'damaged, outside a session: not answered');
    endSession(turn, true);
  }
}

function judge(turn: Turn, session: Session, data: Uint8Array) {
  const verdict = turn.rules.accepts(data);
  if (verdict === 'at_once') take(turn, session, data, false);
  else become(turn, { at: 'quieting', session, data, verdict, dueMs: turn.atMs + LINK_LIMITS.silenceMs });
}

/** Hands a message over; it is acknowledged once it is kept, and at once where it was kept before. */
function take(turn: Turn, session: Session, data: Uint8Array, dialect: boolean) {
  change(turn, { odd: null });
  if (session.kept !== undefined && sameBytes(session.kept, data)) return accept(turn, session);
  become(turn, { at: 'keeping', session, data, meanwhile: 'nothing' });
  turn.effects.push({ kind: 'received', message: { data, dialect, afterOurFrame: session.afterOurFrame } });
}

/** An odd frame is damaged, unless the other side insists on it. */
function takeOdd(turn: Turn, session: Session, data: Uint8Array) {
  const { odd } = turn.state;
  const times = odd !== null && sameBytes(odd.data, data) ? odd.times + 1 : 1;
  change(turn, { odd: { data, times } });
  if (times >= LINK_LIMITS.dialectTimes) return take(turn, session, data, true);
  note(turn, `a frame of unknown shape, ${data.length} bytes of data`);
  damage(turn, session);
}

export function onSessionTick(turn: Turn, phase: SessionPhase) {
  switch (phase.at) {
    case 'invited':
      if (phase.nakked) {
        note(turn, 'no frame came: given up');
        return endSession(turn, true);
      }
      writeControl(turn, NAK);
      return invite(turn, phase.session, true);
    case 'asked_again':
      writeControl(turn, ACK);
      return invite(turn, phase.session, false);
    case 'receiving':
      note(turn, 'the frame broke off');
      change(turn, { deframer: OUTSIDE });
      return damage(turn, phase.session);
    case 'quieting':
      if (phase.verdict === 'odd') return takeOdd(turn, phase.session, phase.data);
      return take(turn, phase.session, phase.data, false);
    case 'accepted':
      return endSession(turn, true);
    case 'dropping':
      return damage(turn, phase.session);
    case 'keeping':
      return;
  }
}

/** True for the phases in which a byte is only counted as noise: what it means does not matter. */
export function ignoresMeaning(phase: SessionPhase): phase is In<'quieting' | 'dropping'> {
  return phase.at === 'quieting' || phase.at === 'dropping';
}

export function onNoise(turn: Turn, phase: In<'quieting' | 'dropping'>) {
  if (phase.at === 'quieting') note(turn, 'more bytes after the LRC: damaged');
  drop(turn, phase.session);
}

export function onSessionToken(turn: Turn, phase: SessionPhase, token: Token) {
  if (phase.at === 'keeping') return onTokenWhileKeeping(turn, phase, token);
  switch (token.kind) {
    case 'partial':
      return receive(turn, phase.session);
    case 'frame':
      return judge(turn, phase.session, token.data);
    case 'damaged':
      note(turn, `damaged: ${token.why}`);
      return drop(turn, phase.session);
    case 'stray':
      if (token.byte === ETX || token.byte >= 0x20) return drop(turn, phase.session);
      return note(turn, 'a stray byte');
    case 'control':
      if (token.control === 'ENQ') return onEnqAgain(turn, phase);
      if (token.control === 'EOT') return endSession(turn, false);
      return note(turn, `${token.control} in a session of the other side`);
  }
}

function onEnqAgain(turn: Turn, phase: SessionPhase) {
  if (phase.at === 'accepted') return openSession(turn, phase.session.kept);
  if (phase.at === 'invited' && turn.atMs - phase.sinceMs < LINK_LIMITS.silenceMs) {
    // It is doubled, or was an STX: another ACK would be taken for the ACK of the frame that is on its way.
    return note(turn, 'ENQ right after our answer: not answered');
  }
  const dueMs = turn.atMs + LINK_LIMITS.silenceMs;
  const session = { ...phase.session, opened: true, damaged: 0, afterOurFrame: afterOurFrame(turn) };
  become(turn, { at: 'asked_again', session, dueMs });
}

function onTokenWhileKeeping(turn: Turn, phase: In<'keeping'>, token: Token) {
  if (token.kind === 'frame') {
    return become(turn, { ...phase, meanwhile: sameBytes(token.data, phase.data) ? 'nothing' : 'other' });
  }
  if (token.kind !== 'control') return;
  if (token.control === 'EOT') return become(turn, { ...phase, meanwhile: 'ended' });
  if (token.control === 'ENQ') {
    const session = { ...phase.session, afterOurFrame: afterOurFrame(turn) };
    return become(turn, { ...phase, session, meanwhile: 'asked' });
  }
}

/** ACK at last. It answers whatever the other side waits for by now: its frame, or its ENQ before the same frame again. */
export function onKept(turn: Turn, phase: In<'keeping'>) {
  const session = { ...phase.session, opened: true, damaged: 0, kept: phase.data };
  const { deframer } = turn.state;
  switch (phase.meanwhile) {
    case 'asked':
      writeControl(turn, ACK);
      return invite(turn, session, false);
    case 'ended':
      writeControl(turn, ACK);
      return endSession(turn, false);
    case 'other':
      // An ACK now would acknowledge that one. It comes again.
      note(turn, 'a different frame came while one was being kept: left unanswered');
      return endSession(turn, true);
    case 'nothing':
      if (
        deframer.at === 'data' &&
        deframer.data.length > 0 &&
        sameBytes(deframer.data, phase.data.subarray(0, deframer.data.length))
      ) {
        return receive(turn, session);
      }
      return accept(turn, session);
  }
}

/** It could not be kept: silence. The same frame, sent again, is handed over again (rule 7). */
export function onNotKept(turn: Turn, phase: In<'keeping'>) {
  note(turn, 'not kept: left unanswered');
  endSession(turn, phase.meanwhile !== 'ended');
}
