import { setImmediate as aTurn } from 'node:timers/promises';
import { Interrupted } from '../prompter.ts';

/** Of the event loop: within two of them it has looked once at what the terminal has. */
const TURNS = 2;
const CTRL_C = 3;

/**
 * What was typed before a question appeared is no answer to it: a half line would become the unseen beginning of a password. The terminal
 * keeps it between two prompts, and hands a line over that has no end yet only in raw mode.
 */
export async function forgetTypedAhead(input: NodeJS.ReadableStream): Promise<void> {
  const terminal = input as Partial<NodeJS.ReadStream> & NodeJS.ReadableStream;
  if (!terminal.isTTY || terminal.setRawMode === undefined) return;
  let isInterrupted = false;
  let quietTurns = 0;
  const forget = (keys: Buffer | string) => {
    quietTurns = 0;
    isInterrupted ||= Buffer.from(keys).includes(CTRL_C);
  };
  terminal.setRawMode(true);
  input.on('data', forget);
  input.resume();
  while (quietTurns++ < TURNS) await aTurn();
  input.pause();
  input.off('data', forget);
  terminal.setRawMode(false);
  if (isInterrupted) throw new Interrupted();
}
