import type { Acknowledgement, Orphan } from './fact.ts';
import type { Journal, Log } from './ports.ts';

export interface AcknowledgeOrphanRooms {
  journal: Pick<Journal, 'acknowledgeOrphan'>;
  log: Log;
}

/** What a person says of an orphan that was looked at. */
export type OrphanWord = Pick<Acknowledgement, 'note' | 'by'>;

export type AcknowledgementEnd =
  | { kind: 'acknowledged'; orphan: Orphan }
  | { kind: 'not_found' }
  | { kind: 'declined'; why: string };

/**
 * A person has looked at an answer that belongs to no payment: it stays in the journal and in its day's report, and is in
 * health no longer (I15). The first word stands; who says the same again is told that it is so.
 */
export async function acknowledgeOrphan(
  orphanId: number,
  { note, by }: OrphanWord,
  { journal, log }: AcknowledgeOrphanRooms,
): Promise<AcknowledgementEnd> {
  const orphan = await journal.acknowledgeOrphan(orphanId, { note, by });
  const stands = orphan?.acknowledged;
  if (orphan === undefined || stands === undefined) return { kind: 'not_found' };
  if (stands.note !== note || stands.by !== by) {
    const at = new Date(stands.atMs).toISOString();
    return { kind: 'declined', why: `${stands.by} acknowledged it on ${at} already ("${stands.note}")` };
  }
  log.info('A person has looked at an answer that belongs to no payment.', { orphanId, by });
  return { kind: 'acknowledged', orphan };
}
