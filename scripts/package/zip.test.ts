import { spawnSync } from 'node:child_process';
import { inflateRawSync } from 'node:zlib';
import { readDeliveryHead } from '../../packages/installer/src/acts/delivery-head.ts';
import { zip } from './zip.ts';

const manifest = {
  name: 'manifest.json',
  bytes: Buffer.from('{"product":"hipay-desktop-connector","version":"1.2.3"}'),
};
const program = { name: 'bin/tp-manager', bytes: Buffer.from('program '.repeat(100)), executable: true };

/** The entries of a zip's directory at its end (PKWARE APPNOTE 4.3.12), each with what stands at its place. */
function entriesOf(packed: Buffer): { name: string; mode: number; text: string }[] {
  const end = packed.length - 22;
  expect(packed.readUInt32LE(end)).toBe(0x06054b50);
  let at = packed.readUInt32LE(end + 16);
  return Array.from({ length: packed.readUInt16LE(end + 10) }, () => {
    expect(packed.readUInt32LE(at)).toBe(0x02014b50);
    const nameBytes = packed.readUInt16LE(at + 28);
    const name = packed.toString('utf8', at + 46, at + 46 + nameBytes);
    const start = packed.readUInt32LE(at + 42) + 30 + nameBytes;
    const text = inflateRawSync(packed.subarray(start, start + packed.readUInt32LE(at + 20))).toString();
    const mode = packed.readUInt32LE(at + 38) >>> 16;
    at += 46 + nameBytes;
    return { name, mode, text };
  });
}

test('each entry keeps its name, its bytes and its rights', async () => {
  expect(entriesOf(await zip([manifest, program]))).toEqual([
    { name: manifest.name, mode: 0o100644, text: manifest.bytes.toString() },
    { name: program.name, mode: 0o100755, text: program.bytes.toString() },
  ]);
});

test('the first bytes of a delivery tell that it is one', async () => {
  expect(readDeliveryHead((await zip([manifest, program])).subarray(0, 200))).toEqual({
    kind: 'ours',
    version: '1.2.3',
  });
});

test('the same entries give the same bytes in every time zone, and only they', async () => {
  const packed = await zip([manifest, program]);
  expect((await zip([manifest, { ...program, executable: false }])).equals(packed)).toBe(false);
  const again = `import { zip } from ${JSON.stringify(new URL('zip.ts', import.meta.url).href)};
    const entries = JSON.parse(process.argv[1]).map((entry) => ({ ...entry, bytes: Buffer.from(entry.bytes, 'base64') }));
    process.stdout.write(await zip(entries));`;
  const entries = [manifest, program].map((entry) => ({ ...entry, bytes: entry.bytes.toString('base64') }));
  const words = ['--input-type=module', '-e', again, JSON.stringify(entries)];
  for (const TZ of ['America/New_York', 'Asia/Tokyo']) {
    const { stdout } = spawnSync(process.execPath, words, { env: { ...process.env, TZ, NODE_OPTIONS: '' } });
    expect(stdout.equals(packed)).toBe(true);
  }
});
