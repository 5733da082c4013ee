import type { OrphanRecord, StoredOrphan } from './store.ts';

/** An orphan joined with the word on it; all nulls where nobody has said anything. */
export interface OrphanJoined extends StoredOrphan {
  saidAtMs: number | null;
  saidBody: string | null;
  saidChecksum: number | null;
}

export function orphanRecord({ saidAtMs, saidBody, saidChecksum, ...orphan }: OrphanJoined): OrphanRecord {
  if (saidAtMs === null || saidBody === null || saidChecksum === null) return { orphan };
  return {
    orphan,
    acknowledgement: { orphanSeq: orphan.seq, atMs: saidAtMs, body: saidBody, checksum: saidChecksum },
  };
}
