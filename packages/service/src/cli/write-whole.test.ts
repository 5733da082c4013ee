import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { writeWhole } from './write-whole.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'write-whole-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

async function* pieces(failsAfter = Number.POSITIVE_INFINITY): AsyncGenerator<string> {
  for (let n = 1; n <= 3; n += 1) {
    if (n > failsAfter) throw new Error('the disk is gone');
    yield `piece ${n}\n`;
  }
}

describe('a file is written whole, or not at all', () => {
  test('whole, for its owner alone', async () => {
    const file = join(folder, 'out');
    expect(await writeWhole(file, pieces())).toBe(3);
    expect(readFileSync(file, 'utf8')).toBe('piece 1\npiece 2\npiece 3\n');
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readdirSync(folder)).toEqual(['out']);
  });

  test('what fails on the way leaves what was there', async () => {
    const file = join(folder, 'out');
    writeFileSync(file, 'before');
    await expect(writeWhole(file, pieces(2))).rejects.toThrow(/out cannot be written: the disk is gone/);
    expect(readFileSync(file, 'utf8')).toBe('before');
    expect(readdirSync(folder)).toEqual(['out']);
  });

  test('a folder that is not there', async () => {
    await expect(writeWhole(join(folder, 'no', 'out'), pieces())).rejects.toThrow(/cannot be written/);
  });
});
