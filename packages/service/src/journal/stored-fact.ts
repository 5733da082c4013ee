import { crc32 } from 'node:zlib';
import type { Acknowledgement, Fact, Orphan } from '../payments/fact.ts';
import { StoreFailure } from './failure-reason.ts';
import { damaged } from './journal-problem.ts';
import type { OrphanRecord, StoredAcknowledgement, StoredFact, StoredOrphan } from './store.ts';

/** Stands as `v` in every body. A program that meets a higher one is older than the journal. */
const FORMAT = 1;

/** How a fact lies on disk. */
export function storeFact(fact: Fact, seq: number, version: number): StoredFact {
  const { paymentId, atMs, kind, ...rest } = fact;
  const body = JSON.stringify({ v: FORMAT, ...rest });
  const checksum = checksumOf([paymentId, String(atMs), kind, body]);
  const key = fact.kind === 'answered' ? bytesKey(fact.bytesMasked) : null;
  return { seq, paymentId, version, atMs, kind, body, checksum, bytesKey: key };
}

/** The fact that was stored, or an error that names what is wrong with it. */
export function readFact(stored: StoredFact, journalName: string): Fact {
  const { paymentId, version, atMs, kind, body, checksum } = stored;
  const what = `fact ${version} (${kind}) of payment ${paymentId}`;
  const rest = readBody(body, checksum === checksumOf([paymentId, String(atMs), kind, body]), what, journalName);
  return { ...rest, kind, paymentId, atMs } as Fact;
}

export function storeOrphan({ orphanId, atMs, ...rest }: Omit<Orphan, 'acknowledged'>): StoredOrphan {
  const body = JSON.stringify({ v: FORMAT, ...rest });
  const checksum = checksumOf([String(atMs), body]);
  return { seq: orphanId, atMs, body, checksum, bytesKey: bytesKey(rest.bytesMasked) };
}

export function storeAcknowledgement(orphanSeq: number, { atMs, ...rest }: Acknowledgement): StoredAcknowledgement {
  const body = JSON.stringify({ v: FORMAT, ...rest });
  return { orphanSeq, atMs, body, checksum: checksumOf([String(orphanSeq), String(atMs), body]) };
}

export function readOrphan({ orphan, acknowledgement }: OrphanRecord, journalName: string): Orphan {
  const { seq, atMs, body, checksum } = orphan;
  const rest = readBody(body, checksum === checksumOf([String(atMs), body]), `orphan answer ${seq}`, journalName);
  const read = { ...rest, orphanId: seq, atMs } as Orphan;
  return acknowledgement === undefined
    ? read
    : { ...read, acknowledged: readAcknowledgement(acknowledgement, journalName) };
}

function readAcknowledgement(stored: StoredAcknowledgement, journalName: string): Acknowledgement {
  const { orphanSeq, atMs, body, checksum } = stored;
  const isIntact = checksum === checksumOf([String(orphanSeq), String(atMs), body]);
  const rest = readBody(body, isIntact, `the word on orphan answer ${orphanSeq}`, journalName);
  return { ...rest, atMs } as Acknowledgement;
}

/** Answers with the same bytes have the same key; those with the same key are compared byte by byte. */
export function bytesKey(bytesMasked: string): number {
  return crc32(bytesMasked);
}

function readBody(body: string, intact: boolean, what: string, journalName: string): object {
  if (!intact) throw damaged(journalName, `${what} has a wrong checksum`);
  const { v, ...rest } = JSON.parse(body) as { v: number };
  if (v > FORMAT) {
    throw new StoreFailure('newer', `${what} has format ${v}, this program knows ${FORMAT}`);
  }
  return rest;
}

function checksumOf(parts: string[]): number {
  return crc32(parts.join('\n'));
}
