import { describe, expect, test } from '@jest/globals';
import { journalProblem } from './journal-problem.ts';

const sqlite = (errcode: number, message: string) =>
  Object.assign(new Error(message), { code: 'ERR_SQLITE_ERROR', errcode });
const system = (code: string) => Object.assign(new Error(code), { code, syscall: 'open' });

describe('a problem of the journal in words', () => {
  test.each<[string, Error, string]>([
    ['SQLITE_FULL', sqlite(13, 'database or disk is full'), 'Free some space'],
    ['SQLITE_READONLY_DIRECTORY', sqlite(1544, 'attempt to write'), 'not mounted read-only'],
    ['SQLITE_IOERR_FSYNC', sqlite(1034, 'disk I/O error'), 'Check the disk'],
    ['SQLITE_CORRUPT', sqlite(11, 'malformed'), "'tp-manager journal set-aside'"],
    ['SQLITE_NOTADB', sqlite(26, 'file is not a database'), "'tp-manager journal set-aside'"],
    ['SQLITE_BUSY', sqlite(5, 'database is locked'), 'Is the service running twice?'],
    ['SQLITE_CANTOPEN', sqlite(14, 'unable to open'), 'Check that its folder is there'],
    ['SQLITE_NOLFS', sqlite(22, 'large file support'), 'Check the disk'],
    ['ENOSPC', system('ENOSPC'), 'Free some space'],
    ['EROFS', system('EROFS'), 'not mounted read-only'],
    ['EACCES', system('EACCES'), "belongs to this program's user"],
    ['EIO', system('EIO'), 'Check the disk'],
  ])('%s', (_what, cause, advice) => {
    const problem = journalProblem(cause, '/data/journal.db');
    expect(problem).toMatchObject({ name: 'OperatingError', code: '1107', cause });
    expect((problem as Error).message).toContain('The journal /data/journal.db failed: ');
    expect((problem as Error).message).toContain(`(${cause.message})`);
    expect((problem as Error).message).toContain(advice);
  });

  test.each([[new TypeError('x is undefined')], [new Error('Bug: y')], ['text'], [undefined]])(
    '%p is none',
    (error) => {
      expect(journalProblem(error, '/data/journal.db')).toBe(error);
    },
  );
});
