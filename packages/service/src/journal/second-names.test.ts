import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { TestFolders } from './journal.fixture.ts';
import { giveSecondName } from './second-names.ts';

const folders = new TestFolders();
afterAll(() => folders.removeAll());

function named(code: string): string {
  const folder = folders.make();
  writeFileSync(join(folder, 'old'), 'facts');
  const link = () => {
    throw Object.assign(new Error(`${code}: link`), { code, syscall: 'link' });
  };
  try {
    giveSecondName(join(folder, 'old'), join(folder, 'aside'), join(folder, 'copy'), link);
  } finally {
    expect(readFileSync(join(folder, 'old'), 'utf8')).toBe('facts');
    expect(readdirSync(folder)).not.toContain('copy');
  }
  return readFileSync(join(folder, 'aside'), 'utf8');
}

describe('a second name for a file', () => {
  test.each(['EPERM', 'ENOTSUP', 'ENOSYS', 'EMLINK', 'EXDEV'])('%s: there are none, and it is copied', (code) => {
    expect(named(code)).toBe('facts');
  });

  test.each(['ENOSPC', 'EIO', 'EEXIST', 'EACCES', 'EROFS'])('%s is an error, and no copy is made', (code) => {
    expect(() => named(code)).toThrow(`${code}: link`);
  });
});
