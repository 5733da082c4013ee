import type { TerminalHealth } from '../payments/ports.ts';
import { DOES_NOT_ANSWER } from './request-outcome.ts';
import type { LineState } from './terminal-line.ts';

export interface TerminalSigns {
  line: LineState;
  isAsked: boolean;
  /** Whether it spoke when it was last spoken to; undefined where it was not yet. */
  answers: boolean | undefined;
}

/** How the terminal is, in a word and in a sentence for people. */
export function terminalState({ line, isAsked, answers }: TerminalSigns): Pick<TerminalHealth, 'state' | 'detail'> {
  if (line.at !== 'open') return { state: line.at, detail: line.detail };
  if (isAsked) return { state: 'asked', detail: 'the terminal is asked for a payment' };
  if (answers === undefined) return { state: 'open', detail: 'the port is open; the terminal was not asked yet' };
  return answers
    ? { state: 'connected', detail: 'the terminal answers' }
    : { state: 'silent', detail: DOES_NOT_ANSWER };
}
