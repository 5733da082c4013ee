import { cpSync, readdirSync, readFileSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { accepted, anOrphan, answered, asked, notSent, TestFolders, unclear } from '../src/journal/journal.fixture.ts';
import { JournalCore } from '../src/journal/journal-core.ts';
import { change } from '../src/journal/journal-on-disk.fixture.ts';
import { SqliteStore } from '../src/journal/sqlite-store.ts';
import type { FactBody } from '../src/payments/fact.ts';
import { BadDisk, canMakeDisks } from './support/bad-disk.ts';
import { Programs, writeConfig } from './support/programs.ts';

const FILE = 'journal.db';
const [LOG, INDEX] = [`${FILE}-wal`, `${FILE}-shm`];

const folders = new TestFolders();
let folder: string;
let programs: Programs;
beforeEach(async () => {
  folder = realpathSync(folders.make());
  programs = new Programs();
  await writeConfig(folder, { port: 1 });
});
afterEach(async () => {
  await programs.endAll();
  folders.removeAll();
});

/** A journal of some payments, as a service leaves it that was stopped; `parts` of it, as one leaves it that was killed. */
function fill(parts: string[] = []): void {
  const service = realpathSync(folders.make());
  const core = new JournalCore(new SqliteStore(join(service, FILE), 'writer'), Date.now);
  for (let n = 0; n < 100; n++) core.append(`P${n}`, [accepted(), notSent]);
  if (parts.length === 0) core.close();
  for (const part of [FILE, ...parts]) cpSync(join(service, part), join(folder, part));
  if (parts.length > 0) core.close();
}

const setAside = (...options: string[]) =>
  programs.run('journal', 'set-aside', ...options, '--config', join(folder, 'config.yml'));

/** Payments that HiPay is yet to be told of, and in doubt, in a journal that is whole. */
function fillWithOpen({ waiting, inDoubt }: { waiting: number; inDoubt: number }): void {
  const core = new JournalCore(new SqliteStore(join(folder, FILE), 'writer'), Date.now);
  const open = (paymentId: string, end: FactBody) =>
    core.append(paymentId, [accepted({ orderId: `order of ${paymentId}` }), asked(paymentId), end]);
  for (let n = 0; n < waiting; n++) open(`WAITS${n}`, answered('0', `01000001250${n}`));
  for (let n = 0; n < inDoubt; n++) open(`DOUBT${n}`, unclear);
  core.appendOrphan(anOrphan('whose is it'));
  core.close();
}

/** It is not moved, and said so. */
async function isLeft(why: RegExp): Promise<void> {
  const before = readFileSync(join(folder, FILE));
  const { status, stdout, stderr } = await setAside();
  expect({ status, stdout, stderr }).toEqual({ status: 1, stdout: '', stderr: expect.stringMatching(why) });
  expect(stderr).toContain(`${join(folder, FILE)} was left as it is. `);
  expect(stderr).not.toMatch(/damaged \(|^ +at /m);
  expect(readFileSync(join(folder, FILE)).equals(before)).toBe(true);
  expect(readdirSync(folder).filter((name) => /^journal-/.test(name))).toEqual([]);
}

describe('what is left in it is named before it is put aside', () => {
  test('each payment that HiPay is not told of, and each in doubt, and where the journal is from then on', async () => {
    fillWithOpen({ waiting: 12, inDoubt: 1 });
    const refused = await setAside();
    const done = await setAside('--even-intact', '--json');
    for (const { stderr } of [refused, done]) {
      expect(stderr.replaceAll(/\s+/g, ' ')).toContain(
        'Left in it: 12 approved payments that HiPay has not been told of, 1 payment in doubt, 1 answer of the terminal that nobody has looked at.',
      );
      expect(stderr).toMatch(/^WAITS0 .* order of WAITS0 +12\.50 EUR not at HiPay$/m);
      expect(stderr).toMatch(/^DOUBT0 .* order of DOUBT0 +12\.50 EUR in doubt$/m);
      expect(stderr).toMatch(/^and 2 more$/m);
    }
    expect([refused.status, done.status]).toEqual([1, 0]);
    const { aside, left } = JSON.parse(done.stdout);
    expect(left).toMatchObject({ unregistered: 12, inDoubt: 1, orphans: 1 });
    for (const command of [['payments', 'list'], ['status']]) {
      const { status, stdout, stderr } = await programs.run(...command, '--config', join(folder, 'config.yml'));
      expect(status).toBe(1);
      const said = (stdout + stderr).replaceAll(/\s+/g, ' ');
      expect(said).toContain(`${join(folder, FILE)}: the last one was set aside, and is ${aside} now.`);
    }
  });

  test('nothing is left in it: nothing is said', async () => {
    fill();
    expect(await setAside('--even-intact')).toMatchObject({ status: 0, stderr: '' });
  });
});

describe('rule 19: a journal that is not known to be damaged is not set aside', () => {
  test('a newer version has written it: that one is to be started; a person may insist', async () => {
    fill();
    change(folder, 'PRAGMA user_version = 2');
    await isLeft(/written by a newer version of this program .*Start that version again\./);
    expect(await setAside('--even-intact')).toMatchObject({ status: 0 });
  });

  test('only its index is damaged: that is to be rebuilt; a person may insist', async () => {
    fill();
    change(folder, "UPDATE payment SET state = 'unknown' WHERE payment_id = 'P7'");
    await isLeft(/Only its index is damaged: 'tp-manager journal rebuild-index' derives .*--even-intact/);
    expect(await setAside('--even-intact')).toMatchObject({ status: 0 });
  });

  test('no copy can be made, and its log can be read from one only', async () => {
    fill([LOG]);
    programs = new Programs({ TMPDIR: join(folder, 'missing'), TEMP: join(folder, 'missing') });
    await isLeft(/none could be made .*missing.*Check that the folder for temporary files is there/);
  });
});

(canMakeDisks ? describe : describe.skip)('on a disk that fails (needs Linux and a C compiler)', () => {
  let disk: BadDisk;
  beforeEach(() => {
    disk = new BadDisk(folder);
    programs = new Programs(disk.environment);
  });
  afterEach(() => disk.remove());

  test.each([
    ['stopped', []],
    ['killed', [LOG, INDEX]],
    ['restored without the index of its log', [LOG]],
  ])('one that was %s: reads fail, which is said as such, wherever they do', async (_how, parts) => {
    fill(parts);
    for (const from of [0, 8_192]) {
      disk.refusesReads(from);
      await isLeft(/the disk reports an error .*Check the disk/);
    }
  });

  test.each([1, 2, 5])('%d reads fail, and what looked like damage is intact once they have', async (times) => {
    fill();
    disk.refusesReads(8_192, times);
    await isLeft(/Nothing in it is damaged\.|the disk reports an error .*Check the disk/);
    expect(disk.hasRefusedReads).toBe(true);
  });
});
