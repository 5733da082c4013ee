import { hash } from 'node:crypto';
import { cpSync, existsSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { OperatingError } from '@hipay-ecr/shared/errors.ts';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { failureReason } from './failure-reason.ts';
import { accepted, anOrphan, answered, asked, registered, registering, TestFolders } from './journal.fixture.ts';
import { JournalCore } from './journal-core.ts';
import { openCore } from './open-core.ts';
import { SqliteStore } from './sqlite-store.ts';

const folders = new TestFolders();
afterAll(() => folders.removeAll());

const PAYMENTS = 24;
const FILES = ['journal.db', 'journal.db-wal'] as const;
const ALL_FILES = [...FILES, 'journal.db-shm'] as const;

/** A journal whose last payments are in its log alone, as a process leaves it that was killed; with what it says. */
function killed(): { folder: string; says: string } {
  const folder = folders.make();
  const image = folders.make();
  const file = join(folder, 'journal.db');
  const core = new JournalCore(new SqliteStore(file, 'writer'), Date.now);
  for (let n = 0; n < PAYMENTS; n += 1) {
    if (n === PAYMENTS / 2) core.maintain();
    const paymentId = `P${String(n).padStart(3, '0')}`;
    const order = { orderId: `order-${n}`, idempotencyKey: `key-${n}` };
    core.append(paymentId, [accepted(order), asked(String(n).padStart(10, '0'))]);
    core.append(paymentId, [answered(n % 7 === 0 ? '7' : '0'), ...(n % 7 === 0 ? [] : [registering(1)])]);
    if (n % 7 !== 0 && n % 5 !== 0) core.append(paymentId, [registered, { kind: 'told' }]);
    if (n % 10 === 0) core.appendOrphan(anOrphan(`orphan ${n}`));
  }
  for (const name of ALL_FILES) cpSync(join(folder, name), join(image, name));
  const says = everything(core);
  core.close();
  return { folder: image, says };
}

/** All that the journal can be asked for, in a text to compare. */
function everything(core: JournalCore): string {
  const said: unknown[] = [core.counts(), core.lastAsked(), core.unfinished(), core.awaitingRegistration(50)];
  for (let n = 0; n < PAYMENTS; n += 1) {
    said.push(core.facts(`P${String(n).padStart(3, '0')}`), core.byToken(String(n).padStart(10, '0')));
    said.push(core.byOrderId(`order-${n}`, 9), core.byIdempotencyKey(`key-${n}`));
  }
  said.push(core.orphans({ limit: 50 }), core.orphanKept('orphan 10', 0), core.list({ limit: 50 }));
  return JSON.stringify(said);
}

/** What the service comes to with this journal. Where it refuses to start, nothing may have been written. */
function fate(folder: string, says: string): string {
  const file = join(folder, 'journal.db');
  const digests = () =>
    FILES.map((name) => (existsSync(join(folder, name)) ? hash('sha1', readFileSync(join(folder, name))) : 'none'));
  const before = digests();
  let core: JournalCore;
  try {
    core = openCore({ file, role: 'writer' });
  } catch (error) {
    if (!(error instanceof OperatingError)) throw error;
    expect(error.message).toContain(file);
    expect(error.message).toMatch(/tp-manager journal set-aside|Start that version again|Check/);
    expect(digests()).toEqual(before);
    return 'refused';
  }
  try {
    if (alarms(core).length > 0) return 'alarm';
    expect(everything(core)).toBe(says);
    return 'harmless';
  } catch (error) {
    // SQLite's check passes over a page of another kind in an index that should be empty. Whoever reads it is told.
    if (failureReason(error) !== 'damaged') throw error;
    return 'loud';
  } finally {
    core.close();
  }
}

/** As the service verifies in the background. */
function alarms(core: JournalCore): string[] {
  const damage = core.verifyStructure().map(({ sentence }) => sentence);
  for (let skip: number | undefined = 0; skip !== undefined; ) {
    try {
      const step = core.verifyOrphans(skip);
      damage.push(...step.found.map(({ sentence }) => sentence));
      skip = step.next;
    } catch (error) {
      return [...damage, String(error)];
    }
  }
  for (let after: string | undefined = ''; after !== undefined; ) {
    try {
      const step = core.verifySome(after);
      damage.push(...step.found.map(({ sentence }) => sentence));
      after = step.next;
    } catch (error) {
      return [...damage, String(error)];
    }
  }
  return damage;
}

/** The same numbers each time (Numerical Recipes' linear congruential generator). */
function dice(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

describe('a journal damaged anywhere: the start is refused, or the alarm is raised, or it was harmless', () => {
  let sound: { folder: string; says: string };
  let folder: string;
  beforeAll(() => {
    sound = killed();
    folder = folders.make();
  });

  /** The same folder each time, since the ballast in it takes its time to be made. */
  function fresh(): string {
    for (const name of ALL_FILES) {
      rmSync(join(folder, name), { force: true });
      cpSync(join(sound.folder, name), join(folder, name));
    }
    return folder;
  }

  /** Damages a copy, and tells its fate. */
  function damaged(name: string, harm: (bytes: Buffer) => void): string {
    const folder = fresh();
    const path = join(folder, name);
    const bytes = readFileSync(path);
    harm(bytes);
    writeFileSync(path, bytes);
    return fate(folder, sound.says);
  }

  test('an undamaged one is neither refused nor alarming', () => {
    expect(damaged('journal.db', () => {})).toBe('harmless');
  });

  test.each(FILES)('%s: one bit, anywhere', (name) => {
    const roll = dice(1);
    const fates = Array.from({ length: 40 }, () =>
      damaged(name, (bytes) => {
        const at = roll(bytes.length);
        bytes[at] = (bytes[at] ?? 0) ^ (1 << roll(8));
      }),
    );
    expect(fates.filter((fate) => fate !== 'harmless').length).toBeGreaterThan(0);
  });

  test.each([
    ['journal.db', 100, 2],
    ['journal.db-wal', 56, 2],
  ])('%s: each byte of its head', (name, bytes, step) => {
    for (let at = 0; at < bytes; at += step) damaged(name, (head) => (head[at] = (head[at] ?? 0) ^ 0xff));
  });

  test.each(FILES)('%s: pages, as zeros, as noise, and as a copy of another one', (name) => {
    const pages = Math.floor(readFileSync(join(sound.folder, name)).length / 4096);
    const roll = dice(2);
    for (let page = 0; page < pages; page += Math.ceil(pages / 12)) {
      const [from, to] = [page * 4096, (page + 1) * 4096];
      damaged(name, (bytes) => bytes.fill(0, from, to));
      damaged(name, (bytes) => {
        for (let at = from; at < to; at += 1) bytes[at] = roll(256);
      });
      damaged(
        name,
        (bytes) => void bytes.copy(bytes, from, ((page + 1) % pages) * 4096, ((page + 1) % pages) * 4096 + 4096),
      );
    }
  });

  test.each(FILES)('%s: cut off anywhere', (name) => {
    const size = readFileSync(join(sound.folder, name)).length;
    const roll = dice(3);
    const ends = [0, 1, 31, 32, 100, 4096, ...Array.from({ length: 6 }, () => roll(size))];
    for (const end of ends) {
      const folder = fresh();
      truncateSync(join(folder, name), end);
      expect(fate(folder, sound.says)).toBe('refused');
    }
  });

  test('the index of its log: SQLite makes it anew', () => {
    const roll = dice(4);
    for (let n = 0; n < 8; n += 1) {
      const one = damaged('journal.db-shm', (bytes) => bytes.fill(roll(256), 0, roll(200)));
      expect(['harmless', 'refused']).toContain(one);
    }
  });
});
