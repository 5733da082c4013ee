import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import type { CliWorld } from '../cli-world.ts';
import { logParts } from './log-parts.ts';

test('a log that is removed while they are listed is missing, and the others are there', async () => {
  const dataFolder = mkdtempSync(join(tmpdir(), 'log-parts-'));
  try {
    mkdirSync(join(dataFolder, 'logs'));
    writeFileSync(join(dataFolder, 'logs', 'tp-manager-2026-01-05.log'), 'a line\n');
    // It has a name, and there is no file by the time that it is looked at.
    symlinkSync('gone', join(dataFolder, 'logs', 'tp-manager-2026-01-04.log'));
    const world = { nowMs: () => new Date(2026, 0, 5, 12).getTime() } as CliWorld;
    const parts = await logParts({ dataFolder, days: 3, world, config: { unreadable: 'not needed' } });
    const read = await Promise.allSettled(parts.map((part) => part.read()));
    expect(read).toEqual([
      { status: 'fulfilled', value: 'a line\n' },
      { status: 'rejected', reason: expect.objectContaining({ code: 'ENOENT' }) },
    ]);
  } finally {
    rmSync(dataFolder, { recursive: true });
  }
});
