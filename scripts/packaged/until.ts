import { setTimeout as pause } from 'node:timers/promises';

/** Asks again and again until the answer is not undefined; after `limitMs` it gives up, and says for what. */
export async function until<T>(
  what: string,
  ask: () => Promise<T | undefined> | T | undefined,
  limitMs = 60_000,
): Promise<T> {
  const untilMs = performance.now() + limitMs;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    if (performance.now() > untilMs) throw new Error(`waited ${limitMs / 1000} s in vain: ${what}`);
    await pause(100);
  }
}
