import { expect, test } from '@jest/globals';
import { whoLocks } from './service-process.ts';

const LOCKS = `1: FLOCK  ADVISORY  WRITE 100 fe:00:77 0 EOF
2: POSIX  ADVISORY  READ 101 fe:00:77 128 128
3: POSIX  ADVISORY  WRITE 102 fe:00:77 1073741824 1073742335
3: -> POSIX  ADVISORY  WRITE 103 fe:00:77 1073741824 1073742335
4: POSIX  ADVISORY  WRITE 104 00:2b:778 0 EOF
5: OFDLCK ADVISORY  WRITE -1 fe:00:77 0 0
6: POSIX  ADVISORY  WRITE 105 fe:00:18446744073709551615 0 EOF
`;

test('of all locks, those that SQLite writes under on this file', () => {
  expect(whoLocks(77n, LOCKS)).toEqual([102]);
  expect(whoLocks(778n, LOCKS)).toEqual([104]);
  expect(whoLocks(18_446_744_073_709_551_615n, LOCKS)).toEqual([105]);
  expect(whoLocks(7n, LOCKS)).toEqual([]);
  expect(whoLocks(77n, '')).toEqual([]);
});
