import { ACK, EOT, ETX, NAK } from './control.ts';
import { OUTSIDE, type Token } from './deframer.ts';
import { sameBytes } from './frame.ts';
import { onTokenWhileKeeping } from './link-keeping.ts';
import { LINK_LIMITS } from './link-limits.ts';
import { accept, afterOurFrame, drop, endSession, invite, openSession, receive } from './link-session.ts';
import type { Meanwhile, PhaseAt, Session, SessionPhase } from './link-state.ts';
import { become, change, note, type Turn, writeControl } from './link-turn.ts';

/** A transmission is lost: NAK asks for it again, twice at most. */
function damage(turn: Turn, session: Session) {
  const damaged = session.damaged + 1;
  if (session.opened && damaged < LINK_LIMITS.transmissions) {
    writeControl(turn, NAK);
    invite(turn, { ...session, damaged }, true);
  } else {
    note(turn, session.opened ? `damaged ${damaged} times: given up` : 'damaged, outside a session: not answered');
    if (session.opened && session.afterOurFrame) turn.effects.push({ kind: 'answer_damaged' });
    endSession(turn, true);
  }
}

function judge(turn: Turn, session: Session, data: Uint8Array) {
  const verdict = turn.rules.accepts(data);
  if (verdict === 'at_once') take(turn, session, data);
  else become(turn, { at: 'quieting', session, data, verdict, dueMs: turn.atMs + LINK_LIMITS.silenceMs });
}

/** Hands a message over; it is acknowledged once it is kept, and at once where it was kept before. */
function take(turn: Turn, session: Session, data: Uint8Array, as: { dialect: boolean; meanwhile: Meanwhile } = WHOLE) {
  change(turn, { odd: null });
  if (session.kept !== undefined && sameBytes(session.kept, data)) return accept(turn, session);
  become(turn, { at: 'keeping', session, data, meanwhile: as.meanwhile });
  const { afterOurFrame } = session;
  turn.effects.push({ kind: 'received', message: { data, dialect: as.dialect, afterOurFrame } });
}

const WHOLE = { dialect: false, meanwhile: 'nothing' } as const;

/** An odd frame is damaged, unless the other side insists on it. */
function takeOdd(turn: Turn, session: Session, data: Uint8Array) {
  const { odd } = turn.state;
  const times = odd !== null && sameBytes(odd.data, data) ? odd.times + 1 : 1;
  change(turn, { odd: { data, times } });
  if (times >= LINK_LIMITS.dialectTimes) return take(turn, session, data, { ...WHOLE, dialect: true });
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
      return take(turn, phase.session, phase.data);
    case 'accepted':
      return endSession(turn, true);
    case 'dropping':
      return damage(turn, phase.session);
    case 'keeping':
      return;
  }
}

/** True for the phases in which a byte is only counted as noise: what it means does not matter. */
export function ignoresMeaning(phase: SessionPhase): phase is PhaseAt<'quieting' | 'dropping'> {
  return phase.at === 'quieting' || phase.at === 'dropping';
}

/**
 * EOT after a frame of a good shape proves it whole as silence does: its sender had an ACK too many from the line, and will
 * not send it again.
 */
export function onNoise(turn: Turn, phase: PhaseAt<'quieting' | 'dropping'>, byte: number) {
  if (phase.at === 'quieting' && phase.verdict !== 'odd' && byte === EOT) {
    return take(turn, phase.session, phase.data, { dialect: false, meanwhile: 'ended' });
  }
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
