import type { JournalReading } from '../journal/open-for-reading.ts';
import { cliLimits } from './cli-limits.ts';

/** All that the journal holds, fact by fact: newest payments first, each with its facts in order; then the orphans. */
export async function* exportFacts(journal: JournalReading, toMs: number): AsyncGenerator<string> {
  const limit = cliLimits.page;
  for (let cursor: string | undefined; ; ) {
    const { items, next } = await journal.list({ limit, ...(cursor !== undefined && { cursor }) });
    for (const { paymentId } of items) {
      for (const { kind, atMs, ...rest } of await journal.facts(paymentId))
        yield line({ kind, at: iso(atMs), ...rest });
    }
    if (next === undefined) break;
    cursor = next;
  }
  for (let skip = 0; ; skip += limit) {
    const orphans = await journal.orphans({ toMs, limit, skip });
    for (const { atMs, ...rest } of orphans) yield line({ kind: 'orphan', at: iso(atMs), ...rest });
    if (orphans.length < limit) return;
  }
}

function line(fact: Record<string, unknown>): string {
  return `${JSON.stringify(fact)}\n`;
}

function iso(atMs: number): string {
  return new Date(atMs).toISOString();
}
