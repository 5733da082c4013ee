import { ACK } from './control.ts';
import type { Token } from './deframer.ts';
import { sameBytes } from './frame.ts';
import { accept, afterOurFrame, endSession, invite, receive } from './link-session.ts';
import type { PhaseAt } from './link-state.ts';
import { become, note, type Turn, writeControl } from './link-turn.ts';

/** While a frame is being kept nothing is answered; what it should be in the end is remembered. */
export function onTokenWhileKeeping(turn: Turn, phase: PhaseAt<'keeping'>, token: Token) {
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
export function onKept(turn: Turn, phase: PhaseAt<'keeping'>) {
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
export function onNotKept(turn: Turn, phase: PhaseAt<'keeping'>) {
  note(turn, 'not kept: left unanswered');
  endSession(turn, phase.meanwhile !== 'ended');
}
