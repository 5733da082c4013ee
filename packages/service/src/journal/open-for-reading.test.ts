import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, test } from '@jest/globals';
import { accepted, anOrphan, asked, TestFolders } from './journal.fixture.ts';
import { openJournal } from './journal.ts';
import { openJournalForReading } from './open-for-reading.ts';
import type { Finding } from './verify-journal.ts';

const folders = new TestFolders();
afterEach(() => folders.removeAll());

/** Every file with its content, and when it was written last. */
function footprint(folder: string): string[] {
  return readdirSync(folder)
    .sort()
    .map((name) => {
      const path = join(folder, name);
      return `${name} ${statSync(path).mtimeMs} ${createHash('sha256').update(readFileSync(path)).digest('hex')}`;
    });
}

async function filled(): Promise<string> {
  const folder = folders.make();
  const journal = await openJournal({ folder });
  await journal.append('P1', [accepted(), asked('0000000001')]);
  await journal.appendOrphan(anOrphan('bytes'));
  await journal.close();
  return folder;
}

/** A process writes two more payments, and is killed before it could tidy up. */
function killedWhileWriting(folder: string): void {
  const file = (name: string) => JSON.stringify(fileURLToPath(new URL(name, import.meta.url)));
  const script = `(async () => {
    const { openJournal } = await import(${file('journal.ts')});
    const { accepted } = await import(${file('journal.fixture.ts')});
    const journal = await openJournal({ folder: ${JSON.stringify(folder)} });
    await journal.append('P2', [accepted()]);
    await journal.append('P3', [accepted()]);
    process.kill(process.pid, 'SIGKILL');
  })()`;
  const { signal, stderr } = spawnSync(process.execPath, ['-e', script], { encoding: 'utf8' });
  if (signal !== 'SIGKILL') throw new Error(stderr);
}

async function readAll(folder: string): Promise<{ payments: string[]; orphans: number; findings: Finding[] }> {
  const journal = await openJournalForReading(folder);
  try {
    const { items } = await journal.list({ limit: 50 });
    const orphans = await journal.orphans({ limit: 50 });
    const payments = items.map(({ paymentId }) => paymentId).sort();
    return { payments, orphans: orphans.length, findings: await journal.findings() };
  } finally {
    await journal.close();
  }
}

describe('a journal is read from outside, and no file is made or changed', () => {
  test('after the service was stopped', async () => {
    const folder = await filled();
    const before = footprint(folder);
    expect(await readAll(folder)).toEqual({ payments: ['P1'], orphans: 1, findings: [] });
    expect(footprint(folder)).toEqual(before);
  });

  test('after it was killed: what stands in the log alone is read too', async () => {
    const folder = await filled();
    killedWhileWriting(folder);
    const before = footprint(folder);
    expect((await readAll(folder)).payments).toEqual(['P1', 'P2', 'P3']);
    expect(footprint(folder)).toEqual(before);
  });

  test('from a copy that lacks the index of the log', async () => {
    const folder = await filled();
    killedWhileWriting(folder);
    rmSync(join(folder, 'journal.db-shm'));
    const before = footprint(folder);
    expect((await readAll(folder)).payments).toEqual(['P1', 'P2', 'P3']);
    expect(footprint(folder)).toEqual(before);
  });

  test('while the service writes', async () => {
    const folder = await filled();
    const writing = await openJournal({ folder });
    const reading = await openJournalForReading(folder);
    await writing.append('P2', [accepted()]);
    expect((await reading.payment('P2'))?.paymentId).toBe('P2');
    await writing.append('P3', [accepted()]);
    expect((await reading.list({ limit: 50 })).items).toHaveLength(3);
    await reading.close();
    await writing.append('P4', [accepted()]);
    await writing.maintain();
    await writing.close();
    expect((await readAll(folder)).payments).toHaveLength(4);
  });

  test('it cannot be written', async () => {
    const folder = await filled();
    const reading = await openJournalForReading(folder);
    await expect(
      (reading as unknown as Awaited<ReturnType<typeof openJournal>>).append('P9', [accepted()]),
    ).rejects.toThrow(/can only be read/);
    await reading.close();
  });

  test('there is none: said, and none is made', async () => {
    const folder = folders.make();
    await expect(openJournalForReading(folder)).rejects.toThrow(/There is no journal at/);
    expect(existsSync(join(folder, 'journal.db'))).toBe(false);
  });

  test('a damaged one: said', async () => {
    const folder = await filled();
    const other = folders.make();
    cpSync(join(folder, 'journal.ballast'), join(other, 'journal.db'));
    await expect(openJournalForReading(other)).rejects.toThrow(/damaged/);
  });
});
