import { cpSync, mkdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from '@jest/globals';
import { accepted, asked, TestFolders } from './journal.fixture.ts';
import { JournalCore } from './journal-core.ts';
import { logDamage } from './log-damage.ts';
import { openCore } from './open-core.ts';
import { SqliteStore } from './sqlite-store.ts';

const folders = new TestFolders();
afterEach(() => folders.removeAll());

/** The files of a journal whose process was killed after some commits, three of them not yet moved out of the log. */
function killed(prepare: (core: JournalCore) => void = () => {}): string {
  const [folder, image] = [folders.make(), folders.make()];
  const core = new JournalCore(new SqliteStore(join(folder, 'journal.db'), 'writer'), Date.now);
  prepare(core);
  for (const n of [1, 2, 3]) core.append(`P${n}`, [accepted(), asked(`000000000${n}`)]);
  for (const name of ['journal.db', 'journal.db-wal', 'journal.db-shm']) cpSync(join(folder, name), join(image, name));
  core.close();
  return join(image, 'journal.db');
}

function movedOn(core: JournalCore, paymentId: string): void {
  core.maintain();
  core.append(paymentId, [accepted()]);
}

function flip(file: string, at: number): void {
  const bytes = readFileSync(file);
  const place = at < 0 ? bytes.length + at : at;
  bytes[place] = (bytes[place] ?? 0) ^ 1;
  writeFileSync(file, bytes);
}

describe('a log that has lost what was synced', () => {
  test('an intact one has lost nothing, also after it was moved out and begun anew', () => {
    expect(logDamage(killed())).toBeUndefined();
    const moved = killed((core) => {
      core.append('P0', [accepted()]);
      core.maintain();
    });
    expect(logDamage(moved)).toBeUndefined();
  });

  test.each([
    ['its head', 20],
    ['a page in its middle', 12_000],
    ['its very last byte', -1],
  ])('a bit in %s: said, with the file and how much is left', (_what, at) => {
    const file = killed();
    flip(`${file}-wal`, at);
    expect(logDamage(file)).toMatch(/of the \d+ pages in its log .*journal\.db-wal only \d+ can be read/);
  });

  test('cut off, or gone: said', () => {
    const file = killed();
    truncateSync(`${file}-wal`, 9_000);
    expect(logDamage(file)).toMatch(/only 2 can be read/);
    rmSync(`${file}-wal`);
    expect(logDamage(file)).toMatch(/only 0 can be read/);
  });

  test('that cannot be read is not said to be lost: what the disk says is', () => {
    const file = killed();
    rmSync(`${file}-wal`);
    // A folder in its place is what every system refuses to read.
    mkdirSync(`${file}-wal`);
    expect(() => logDamage(file)).toThrow(expect.objectContaining({ syscall: 'read' }));
  });

  test('what was never synced is no loss: a power cut tears it, and nobody was told of it', () => {
    const file = killed();
    writeFileSync(`${file}-wal`, Buffer.concat([readFileSync(`${file}-wal`), Buffer.alloc(3_000, 7)]));
    expect(logDamage(file)).toBeUndefined();
  });

  describe('a power cut leaves an index of half a minute ago, as nobody syncs it', () => {
    /** This file as it was before `meanwhile`, beside the others as they are after it. */
    function withEarlier(companion: '-shm' | '-wal', meanwhile: (core: JournalCore) => void): string {
      const [folder, image] = [folders.make(), folders.make()];
      const file = join(folder, 'journal.db');
      const core = new JournalCore(new SqliteStore(file, 'writer'), Date.now);
      for (const n of [1, 2, 3]) core.append(`P${n}`, [accepted(), asked(`000000000${n}`)]);
      const earlier = readFileSync(file + companion);
      meanwhile(core);
      for (const name of ['journal.db', 'journal.db-wal', 'journal.db-shm'])
        cpSync(join(folder, name), join(image, name));
      core.close();
      writeFileSync(join(image, `journal.db${companion}`), earlier);
      return join(image, 'journal.db');
    }

    test.each<[string, (core: JournalCore) => void]>([
      ['went on', (core) => void core.append('P4', [accepted()])],
      [
        'was moved into the file, and begun anew',
        (core) => {
          core.maintain();
          core.append('P4', [accepted()]);
        },
      ],
      ['was moved, and begun anew, more than once', (core) => void [4, 5, 6].map((n) => movedOn(core, `P${n}`))],
      ['was emptied', (core) => expect(core.clearLog()).toBe(true)],
    ])('the log %s since: nothing is missing, and the journal opens', (_what, meanwhile) => {
      const file = withEarlier('-shm', meanwhile);
      expect(logDamage(file)).toBeUndefined();
      const core = openCore({ file, role: 'writer' });
      expect(core.payment('P3')?.state).toBe('running');
      core.close();
    });

    test('an index that is newer than its log: what it counts is missing', () => {
      const file = withEarlier('-wal', (core) => movedOn(core, 'P4'));
      expect(logDamage(file)).toMatch(/only 0 can be read/);
    });
  });

  test('without an index that can be believed nothing is known', () => {
    const file = killed();
    flip(`${file}-wal`, -1);
    flip(`${file}-shm`, 16);
    expect(logDamage(file)).toBeUndefined();
    rmSync(`${file}-shm`);
    expect(logDamage(file)).toBeUndefined();
  });
});
