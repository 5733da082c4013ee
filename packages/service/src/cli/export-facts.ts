import { journalLimits } from '../journal/journal-limits.ts';
import type { JournalReading } from '../journal/open-for-reading.ts';
import type { Salvaged } from '../journal/salvage.ts';

/**
 * All that the journal holds, in the order it was written: the facts, then the orphans. What cannot be read is left out;
 * `missing` gets a sentence for each.
 */
export async function* exportFacts(
  journal: Pick<JournalReading, 'salvageFacts' | 'salvageOrphans'>,
  missing: (sentence: string) => void,
): AsyncGenerator<string> {
  for await (const { kind, atMs, ...rest } of all('fact', (from) => journal.salvageFacts(from), missing))
    yield line({ kind, at: iso(atMs), ...rest });
  for await (const { atMs, ...rest } of all('orphan answer', (from) => journal.salvageOrphans(from), missing))
    yield line({ kind: 'orphan', at: iso(atMs), ...rest });
}

async function* all<Item>(
  what: string,
  read: (from: number) => Promise<Salvaged<Item>>,
  missing: (sentence: string) => void,
): AsyncGenerator<Item> {
  let gap: { from: number; to: number; why: string } | undefined;
  const told = (toTheEnd: boolean): void => {
    if (gap === undefined) return;
    const which = toTheEnd ? `From ${what} ${gap.from} on nothing` : `Of ${what} ${gap.from} to ${gap.to} some or all`;
    missing(toTheEnd ? `${which} can be read: ${gap.why}.` : `${which} cannot be read: ${gap.why}.`);
    gap = undefined;
  };
  for (let from = 1, barren = 0; barren < journalLimits.barrenParts; ) {
    const { items, damage, unreadable, next } = await read(from);
    if (unreadable === undefined || unreadable.from !== (gap?.to ?? 0) + 1) told(false);
    if (unreadable !== undefined) gap = { ...unreadable, from: gap?.from ?? unreadable.from };
    yield* items;
    for (const sentence of damage) missing(sentence);
    barren = items.length + damage.length > 0 ? 0 : barren + 1;
    from = next;
  }
  told(true);
}

function line(fact: Record<string, unknown>): string {
  return `${JSON.stringify(fact)}\n`;
}

function iso(atMs: number): string {
  return new Date(atMs).toISOString();
}
