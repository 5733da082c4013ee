import { describe, expect, test } from '@jest/globals';
import { isDamage, isFactDamage, journalProblem, structureDamaged } from './journal-problem.ts';

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

describe("what SQLite's own check found", () => {
  const REBUILD = "'tp-manager journal rebuild-index'";
  test.each([
    'row 3 missing from index payment_by_order',
    'wrong # of entries in index fact_by_payment',
    'row 2 values differ from index payment_by_state',
    'index payment_alarmed has 3 entries, and there are 0 rows for it',
  ])('%s: only the index is at fault, which can be rebuilt', (found) => {
    const damage = structureDamaged('/data/journal.db', found);
    expect(damage.message).toBe(
      `The index in the journal /data/journal.db is damaged: ${found}. Stop the service ('tp-manager stop --hold'); ${REBUILD} then derives its index from its facts again.`,
    );
    expect([isDamage(damage), isFactDamage(damage)]).toEqual([true, false]);
  });

  test('in a page that may be of the facts: both ways are named', () => {
    const damage = structureDamaged('/data/journal.db', 'Tree 3 page 9: btreeInitPage() returns error code 11');
    expect(damage.message).toMatch(
      /it is only its index that is, 'tp-manager journal rebuild-index'.*journal set-aside/,
    );
    expect(isFactDamage(damage)).toBe(true);
  });
});
