import { OperatingError } from '@hipay-ecr/shared/errors.ts';
import { journalLimits } from './journal-limits.ts';
import { journalProblem } from './journal-problem.ts';

/** One part of what a journal holds, as far as it can be read. */
export interface Salvaged<Item> {
  items: Item[];
  /** Sentences: what was there and cannot be believed. */
  damage: string[];
  /** The numbers of which nobody knows what stood there, the first and the last, and why. */
  unreadable?: { from: number; to: number; why: string };
  next: number;
}

/**
 * Reads one part of a table by the numbers of its rows, and no index: a page that is damaged takes its own rows with it,
 * and all others are still found. `read` gives the rows from one number on, as many numbers as are asked for.
 */
export function salvage<Stored, Item>(
  from: number,
  read: (from: number, count: number) => Stored[],
  item: (stored: Stored) => Item,
): Salvaged<Item> {
  const count = journalLimits.listMost;
  const part: Salvaged<Item> = { items: [], damage: [], next: from + count };
  const take = (stored: Stored[]): void => {
    for (const row of stored) {
      const taken = orWhy(() => item(row));
      if ('why' in taken) part.damage.push(taken.why);
      else part.items.push(taken.value);
    }
  };
  const whole = orWhy(() => read(from, count));
  if (!('why' in whole)) {
    take(whole.value);
    return part;
  }
  const unreadable: number[] = [];
  for (let seq = from; seq < part.next; seq += 1) {
    const one = orWhy(() => read(seq, 1));
    if ('why' in one) unreadable.push(seq);
    else take(one.value);
  }
  const [first = from] = unreadable;
  return { ...part, unreadable: { from: first, to: unreadable.at(-1) ?? first, why: whole.why } };
}

/** What the store's own failures say; a bug still throws. */
function orWhy<T>(act: () => T): { value: T } | { why: string } {
  try {
    return { value: act() };
  } catch (cause) {
    if (!(journalProblem(cause, '') instanceof OperatingError)) throw cause;
    return { why: (cause as Error).message };
  }
}
