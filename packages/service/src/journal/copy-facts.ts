import { journalLimits } from './journal-limits.ts';
import { damaged } from './journal-problem.ts';
import type { Store } from './store.ts';
import { readFact, readOrphan, storeFact } from './stored-fact.ts';

/** Copies the truth of a journal, and nothing that is derived from it, into an empty one; throws where a part of it is damaged or missing. */
export function copyFacts(from: Store, to: Store): void {
  const end = (from.newestFact()?.seq ?? 0) + 1;
  for (let seq = 1; seq < end; seq += journalLimits.copiedAtOnce) {
    const facts = from.factsFrom(seq, journalLimits.copiedAtOnce).map((stored) => {
      const { bytesKey } = storeFact(readFact(stored, from.name), stored.seq, stored.version);
      return { ...stored, bytesKey };
    });
    mustFollow(from.name, 'fact', facts, { seq, end });
    to.commit({ facts, orphans: [] });
  }
  copyOrphans(from, to);
}

function copyOrphans(from: Store, to: Store): void {
  const end = (from.newestOrphan()?.seq ?? 0) + 1;
  mustKnowAllOrphans(from, end);
  for (let seq = 1; seq < end; seq += journalLimits.copiedAtOnce) {
    const records = from.orphansFrom(seq, journalLimits.copiedAtOnce);
    for (const record of records) readOrphan(record, from.name);
    const orphans = records.map(({ orphan }) => orphan);
    mustFollow(from.name, 'orphan answer', orphans, { seq, end });
    to.commit({ facts: [], orphans });
    for (const { acknowledgement } of records) {
      if (acknowledgement !== undefined) to.commit({ facts: [], orphans: [], acknowledgement });
    }
  }
}

/** A word on an orphan behind the last one tells that there was another. */
function mustKnowAllOrphans(from: Store, end: number): void {
  const acknowledged = from.newestAcknowledged() ?? 0;
  if (acknowledged >= end) throw damaged(from.name, `orphan answer number ${acknowledged} is missing`);
}

/** They are numbered without a gap, as none is ever taken out. */
function mustFollow(name: string, what: string, copied: { seq: number }[], part: { seq: number; end: number }): void {
  const missing = copied.findIndex((one, i) => one.seq !== part.seq + i);
  const count = Math.min(journalLimits.copiedAtOnce, part.end - part.seq);
  if (missing === -1 && copied.length === count) return;
  throw damaged(name, `${what} number ${part.seq + (missing === -1 ? copied.length : missing)} is missing`);
}
