import { deframe, OUTSIDE, type Token } from './deframer.ts';
import { onKept, onNotKept } from './link-keeping.ts';
import { LINK_LIMITS } from './link-limits.ts';
import { ignoresMeaning, onNoise, onSessionTick, onSessionToken } from './link-receiving.ts';
import {
  bid,
  bidDueMs,
  onCancelled,
  onDecided,
  onHandedOver,
  onSendingTick,
  onSendingToken,
  onUnwanted,
} from './link-sending.ts';
import { beginUninvited, openSession } from './link-session.ts';
import { inSession, type LinkState } from './link-state.ts';
import { change, failed, note, probed, type Turn } from './link-turn.ts';
import type { LinkEffect, LinkInput, LinkRules } from './link-types.ts';

/**
 * One side of a Concert V2 conversation as a pure machine, the same for both chairs. Every input is answered in every
 * state. What it receives is handed over before it is acknowledged: only `kept` makes it write ACK.
 */
export function step(
  rules: LinkRules,
  state: LinkState,
  input: LinkInput,
): { state: LinkState; effects: LinkEffect[] } {
  const turn: Turn = { state, atMs: input.atMs, rules, effects: [] };
  take(turn, input);
  const dueMs = turn.state.phase.at === 'idle' ? bidDueMs(turn.state) : undefined;
  if (dueMs !== undefined && dueMs <= turn.atMs) bid(turn);
  return { state: turn.state, effects: turn.effects };
}

/** When `tick` is due; undefined where nothing but an input can change anything. */
export function nextDueMs(state: LinkState): number | undefined {
  const { phase } = state;
  if (phase.at === 'idle') return bidDueMs(state);
  return 'dueMs' in phase ? phase.dueMs : undefined;
}

function take(turn: Turn, input: LinkInput) {
  switch (input.kind) {
    case 'opened':
      return onOpened(turn);
    case 'closed':
      return onClosed(turn);
    case 'tick':
      return onTick(turn);
    case 'byte':
      return onByte(turn, input.byte & 0x7f);
    case 'send':
      return onSend(turn, input.data);
    case 'send_cancelled':
      return onCancelled(turn);
    case 'send_no_more':
      return onUnwanted(turn);
    case 'probe':
      return onProbe(turn);
    case 'decided':
      return onDecided(turn, input.allowed);
    case 'handed_over':
      return onHandedOver(turn);
    case 'kept':
      if (turn.state.phase.at === 'keeping') onKept(turn, turn.state.phase);
      return;
    case 'not_kept':
      if (turn.state.phase.at === 'keeping') onNotKept(turn, turn.state.phase);
      return;
  }
}

function onOpened(turn: Turn) {
  onClosed(turn);
  const { ourFrame } = turn.state;
  change(turn, {
    phase: { at: 'idle' },
    bidNotBeforeMs: turn.atMs + LINK_LIMITS.drainMs,
    endMissing: false,
    // What was in the old line's hands has gone out, or never will.
    ourFrame: ourFrame === 'handing' ? 'out' : ourFrame,
  });
}

function onClosed(turn: Turn) {
  const { phase, sending } = turn.state;
  const framed = phase.at === 'handing' || phase.at === 'awaiting_ack';
  if (sending !== null) failed(turn, framed ? 'maybe' : 'no', 'closed');
  probed(turn, 'closed');
  change(turn, { phase: { at: 'closed' }, deframer: OUTSIDE, odd: null });
}

function onTick(turn: Turn) {
  const { phase } = turn.state;
  if (!('dueMs' in phase) || turn.atMs < phase.dueMs) return;
  if (inSession(phase)) onSessionTick(turn, phase);
  else onSendingTick(turn, phase);
}

function onSend(turn: Turn, data: Uint8Array) {
  const { phase, sending } = turn.state;
  if (sending !== null) return note(turn, 'a message to send while one is under way: ignored');
  change(turn, { sending: { data, decision: 'unasked', enquiry: 1, yields: 0, otherHeard: false, isUnwanted: false } });
  if (phase.at === 'closed') failed(turn, 'no', 'closed');
}

/** One ENQ without repeats. While anything else is going on, the other side is busy by definition. */
function onProbe(turn: Turn) {
  const { phase, sending } = turn.state;
  change(turn, { probing: true });
  if (phase.at === 'closed') probed(turn, 'closed');
  else if (phase.at !== 'idle' || sending !== null) probed(turn, 'busy');
}

function onByte(turn: Turn, byte: number) {
  const { phase } = turn.state;
  if (phase.at === 'closed') return;
  change(turn, { lastHeardMs: turn.atMs });
  if (inSession(phase) && ignoresMeaning(phase)) return onNoise(turn, phase, byte);
  const { state: deframer, token } = deframe(turn.state.deframer, byte, turn.atMs);
  change(turn, { deframer });
  if (phase.at === 'idle') onIdleToken(turn, token);
  else if (inSession(phase)) onSessionToken(turn, phase, token);
  else onSendingToken(turn, phase, token);
}

function onIdleToken(turn: Turn, token: Token) {
  if (token.kind === 'control') {
    if (token.control === 'ENQ') return openSession(turn);
    if (token.control === 'EOT') change(turn, { endMissing: false });
    note(turn, `${token.control} while nothing is going on`);
  } else if (token.kind !== 'stray') {
    beginUninvited(turn);
  }
}
