import { inflateRawSync } from 'node:zlib';
import { actsLimits } from './acts-limits.ts';

/** What the first bytes of a delivery tell. A delivery of ours has its manifest as its first entry. */
export type DeliveryHead = { kind: 'no_zip' } | { kind: 'foreign' } | { kind: 'ours'; version: string };

export const MANIFEST = { entry: 'manifest.json', product: 'hipay-desktop-connector' } as const;

/** A zip entry begins with a header of 30 bytes, its name and its extra field (PKWARE APPNOTE 4.3.7). */
const HEADER = { bytes: 30, signature: 0x04034b50, method: 8, packedBytes: 18, nameBytes: 26, extraBytes: 28 } as const;
const STORED = 0;
const DEFLATED = 8;

export function readDeliveryHead(head: Buffer): DeliveryHead {
  if (head.length < HEADER.bytes || head.readUInt32LE(0) !== HEADER.signature) return { kind: 'no_zip' };
  const nameEnd = HEADER.bytes + head.readUInt16LE(HEADER.nameBytes);
  if (head.toString('utf8', HEADER.bytes, nameEnd) !== MANIFEST.entry) return { kind: 'foreign' };
  const start = nameEnd + head.readUInt16LE(HEADER.extraBytes);
  const packed = head.subarray(start, start + head.readUInt32LE(HEADER.packedBytes));
  try {
    const { product, version } = JSON.parse(unpacked(packed, head.readUInt16LE(HEADER.method)));
    const isOurs = product === MANIFEST.product && typeof version === 'string' && /^[\w.+-]{1,64}$/.test(version);
    return isOurs ? { kind: 'ours', version } : { kind: 'foreign' };
  } catch {
    return { kind: 'foreign' };
  }
}

function unpacked(packed: Buffer, method: number): string {
  if (method === STORED) return packed.toString('utf8');
  if (method !== DEFLATED) throw new Error(`compression method ${method}`);
  return inflateRawSync(packed, { maxOutputLength: actsLimits.manifestBytes }).toString('utf8');
}
