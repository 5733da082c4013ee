import { Interrupted } from '../prompter.ts';

/** While the act runs, Ctrl-C is its own matter; a second one means it. */
export async function interruptibly<T>(act: (interrupted: AbortSignal) => Promise<T>): Promise<T> {
  const interruption = new AbortController();
  const usual = process.listeners('SIGINT');
  const giveBack = () => {
    process.removeAllListeners('SIGINT');
    for (const listener of usual) process.on('SIGINT', listener);
  };
  process.removeAllListeners('SIGINT');
  process.on('SIGINT', () => {
    giveBack();
    interruption.abort(new Interrupted());
  });
  try {
    return await act(interruption.signal);
  } finally {
    giveBack();
  }
}
