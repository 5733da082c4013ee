import { EOT } from './control.ts';
import { OUTSIDE } from './deframer.ts';
import { LINK_LIMITS } from './link-limits.ts';
import type { LinkState, Phase } from './link-state.ts';
import type { LinkEffect, LinkRules, TransferFailure } from './link-types.ts';

/** One step under way: the state as it becomes, and the effects so far. It lives no longer than the step. */
export interface Turn {
  state: LinkState;
  readonly atMs: number;
  readonly rules: LinkRules;
  readonly effects: LinkEffect[];
}

export function become(turn: Turn, phase: Phase): void {
  turn.state = { ...turn.state, phase };
}

export function change(turn: Turn, changes: Partial<LinkState>): void {
  turn.state = { ...turn.state, ...changes };
}

export function writeControl(turn: Turn, control: number): void {
  turn.effects.push({ kind: 'write', bytes: Uint8Array.of(control), transmission: 0 });
}

export function note(turn: Turn, text: string): void {
  turn.effects.push({ kind: 'note', text });
}

/** Nothing is going on any more; our next ENQ waits for `pauseMs`. */
export function rest(turn: Turn, pauseMs: number): void {
  const bidNotBeforeMs = Math.max(turn.state.bidNotBeforeMs, turn.atMs + pauseMs);
  change(turn, { phase: { at: 'idle' }, deframer: OUTSIDE, bidNotBeforeMs });
}

/** Ends our session and rests; what the failure left on the line is drained first. */
export function endWithEot(turn: Turn, pauseMs: number = LINK_LIMITS.drainMs): void {
  writeControl(turn, EOT);
  rest(turn, pauseMs);
}

export function delivered(turn: Turn): void {
  change(turn, { sending: null });
  turn.effects.push({ kind: 'sent', outcome: { delivered: true } });
}

export function failed(turn: Turn, reached: 'no' | 'maybe', reason: TransferFailure): void {
  change(turn, { sending: null });
  turn.effects.push({ kind: 'sent', outcome: { delivered: false, reached, reason } });
}

export function probed(turn: Turn, result: 'idle' | 'silent' | 'busy' | 'closed'): void {
  if (!turn.state.probing) return;
  change(turn, { probing: false });
  turn.effects.push({ kind: 'probed', result });
}
