import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { type Delivery, deliver } from './deliver.ts';
import type { Program } from './programs.ts';
import { targets } from './targets.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'deliver-'));
});
afterEach(() => {
  jest.restoreAllMocks();
  rmSync(folder, { recursive: true });
});

test.each([
  ['new', true, '  executable made, N s; packing ...'],
  ['made before', false, '  nothing of it has changed'],
])('each long step of an executable that is %s is announced before it begins', async (_what, made, packing) => {
  const happened: string[] = [];
  jest.spyOn(console, 'log').mockImplementation((line: string) => {
    happened.push(line.replace(/\d+\.\d s/g, 'N s').replace(/\d+\.\d MB/, 'N MB'));
  });
  const program: Program = { name: 'tp-manager', code: '', assets: {}, inputs: [] };
  const delivery: Delivery = {
    zip: 'setup',
    program: async () => program,
    async entries() {
      happened.push('(it packs)');
      return [{ name: 'a', bytes: Buffer.from('a file') }];
    },
  };
  await deliver(delivery, targets.linux, {
    async makeExecutable() {
      happened.push('(it makes the executable)');
      return { file: join(folder, 'tp-manager'), folder, made };
    },
    papersOf: async () => [],
    out: folder,
  });
  expect(happened).toEqual([
    'setup-linux.zip: making the executable ...',
    '(it makes the executable)',
    packing,
    '(it packs)',
    '  1 files, N MB, N s',
  ]);
  expect(existsSync(join(folder, 'setup-linux.zip'))).toBe(true);
});
