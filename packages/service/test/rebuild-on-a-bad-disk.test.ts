import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, readdirSync, readFileSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { accepted, anOrphan, notSent, TestFolders } from '../src/journal/journal.fixture.ts';
import { JournalCore } from '../src/journal/journal-core.ts';
import { change, tables } from '../src/journal/journal-on-disk.fixture.ts';
import { SqliteStore } from '../src/journal/sqlite-store.ts';
import { BadDisk, canMakeDisks } from './support/bad-disk.ts';

const FILE = 'journal.db';
const PAYMENTS = 100;
/** Its first page counts how often it was opened to write. */
const FIRST_PAGE_BYTES = 4_096;
const HARMED = "UPDATE payment SET state = 'unknown'";

/** Rebuilds the index of a folder's journal at each message, and tells how that went. */
const REBUILDER = `
  const source = ${JSON.stringify(new URL('../src/journal/', import.meta.url).href)};
  const { rebuildIndex } = await import(source + 'rebuild-index.ts');
  process.on('message', () => {
    try { process.send({ made: rebuildIndex(process.argv[1], Date.UTC(2026, 0, 5)) }); }
    catch (error) { process.send({ refused: error.message, isBug: error.name !== 'OperatingError' }); }
  });
  process.send('ready');
`;

interface Told {
  made?: { payments: number; aside: string };
  refused?: string;
  isBug?: boolean;
}

(canMakeDisks ? describe : describe.skip)(
  'rule 19: rebuild-index on a disk that fails (needs Linux and a C compiler)',
  () => {
    const folders = new TestFolders();
    let sound: string;
    let folder: string;
    let disk: BadDisk;
    let rebuilder: ChildProcess;
    beforeAll(() => {
      sound = realpathSync(folders.make());
      const core = new JournalCore(new SqliteStore(join(sound, FILE), 'writer'), Date.now);
      for (let n = 0; n < PAYMENTS; n++) core.append(`P${n}`, [accepted(), notSent]);
      core.appendOrphan(anOrphan('of nobody'));
      core.acknowledgeOrphan(1, { note: 'seen', by: 'Anna' });
      core.close();
    });
    afterAll(() => folders.removeAll());
    afterEach(async () => {
      rebuilder.kill('SIGKILL');
      await once(rebuilder, 'exit');
      disk.remove();
    });

    /** `part`: the folder in it whose files stand on the bad disk. */
    async function begin(part = ''): Promise<void> {
      folder = realpathSync(folders.make());
      cpSync(sound, folder, { recursive: true });
      change(folder, HARMED);
      disk = new BadDisk(join(folder, part));
      rebuilder = spawn(process.execPath, ['--input-type=module', '-e', REBUILDER, folder], {
        stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
        env: { ...process.env, ...disk.environment },
      });
      await once(rebuilder, 'message');
    }

    async function rebuilt(): Promise<Told> {
      rebuilder.send('now');
      const [told] = await once(rebuilder, 'message');
      return told;
    }

    const bytes = (file: string) => readFileSync(file).subarray(FIRST_PAGE_BYTES);

    /** Nothing but what was there, and its bytes. */
    function isLeft(before: Buffer): void {
      const left = readdirSync(folder).filter((name) => !/-(wal|shm)$/.test(name));
      expect(left.sort()).toEqual(['journal.ballast', FILE]);
      expect(bytes(join(folder, FILE)).equals(before)).toBe(true);
    }

    function isWhole({ made }: Told): void {
      expect(made).toEqual({ payments: PAYMENTS, aside: join(folder, 'journal-20260105T000000Z.db') });
      expect(tables(join(folder, FILE))).toEqual(tables(join(sound, FILE)));
    }

    test('it fills up, at whatever byte: never success, and the journal is left as it is', async () => {
      await begin('journal-rebuilding');
      const before = bytes(join(folder, FILE));
      let [kib, told]: [number, Told] = [8, await fullAt(8)];
      for (; told.made === undefined; kib += 24, told = await fullAt(kib)) {
        expect(told).toEqual({ refused: expect.stringContaining('the disk is full ('), isBug: false });
        isLeft(before);
      }
      expect(kib).toBeGreaterThan(200);
      isWhole(told);
    });

    test('it has too little room: what is free and what is needed is said, and nothing is begun', async () => {
      await begin();
      const before = readFileSync(join(folder, FILE));
      disk.isFull(3.5 * 1_024 * 1_024);
      const { refused, isBug } = await rebuilt();
      expect(isBug).toBe(false);
      expect(refused).toMatch(
        /^The disk is too full to make the journal .*: .* has 3 MiB free, and 17 MiB are needed\./,
      );
      expect(refused).toContain(`${folder} has 3 MiB`);
      expect(readFileSync(join(folder, FILE)).equals(before)).toBe(true);
      expect(readdirSync(folder).sort()).toEqual(['journal.ballast', FILE]);
    });

    test('it does not let the journal be read: that is said, and no damage', async () => {
      await begin();
      const before = bytes(join(folder, FILE));
      disk.refusesReads(2 * FIRST_PAGE_BYTES);
      const told = await rebuilt();
      disk.isGood();
      expect(told).toEqual({ refused: expect.stringContaining('the disk reports an error ('), isBug: false });
      isLeft(before);
    });

    async function fullAt(kib: number): Promise<Told> {
      disk.hasRoomFor(kib * 1_024);
      return await rebuilt();
    }

    test.each([
      ['once', 1],
      ['from then on', 0],
    ])('a sync fails, whichever, %s: never success, and the journal is left as it is', async (_how, times) => {
      await begin();
      const before = bytes(join(folder, FILE));
      let refusals = 0;
      for (; ; refusals++) {
        disk.refusesSyncs(refusals, times);
        const told = await rebuilt();
        if (!disk.hasRefusedSyncs) {
          isWhole(told);
          break;
        }
        expect(told).toEqual({ refused: expect.stringContaining('the disk reports an error ('), isBug: false });
        isLeft(before);
      }
      // With one of the program's own less, a part of what it replaces the journal by may not be on the disk.
      expect(refusals).toBeGreaterThanOrEqual(21);
    });
  },
);
