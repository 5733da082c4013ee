import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { BadDisk, canMakeDisks } from './support/bad-disk.ts';
import { TillWithProgram } from './support/till-with-program.ts';
import { until } from './support/until.ts';

const canLimit = process.platform === 'linux' && spawnSync('prlimit', ['--version']).status === 0;

(canLimit ? describe : describe.skip)('no file may grow any more (RLIMIT_FSIZE, which needs no compiler)', () => {
  let till: TillWithProgram;
  beforeAll(async () => {
    till = await TillWithProgram.open(() => ({}));
    await till.serve();
  });
  afterAll(() => till.close());

  const limit = (bytes: string) => {
    const { status, stderr } = spawnSync('prlimit', [`--pid=${till.service.child.pid}`, `--fsize=${bytes}:`]);
    if (status !== 0) throw new Error(String(stderr));
  };

  test('nothing is sent, health says why, and it goes on by itself', async () => {
    limit('0');
    await till.isNotSent(5, 'first');
    expect(await till.fault()).toMatch(/the disk reports an error.*Check the disk/);
    limit('unlimited');
    await till.isWell();
    expect((await till.pay(5, 'first')).told).toMatchObject({ outcome: 'approved' });
  });

  test('in the middle of a payment: 1108, until the answer can be written down', async () => {
    const { status, told } = await till.payWhile(6, 'second', () => limit('0'));
    expect({ status, ...told }).toMatchObject({ status: 200, outcome: 'unknown', errorCode: '1108' });
    expect(told.errorDescription).toMatch(/^Do not charge again.*read its ticket/s);
    await till.fault();
    limit('unlimited');
    await till.comesToBePaid(6, 'second');
    await till.isWell();
  });
});

(canMakeDisks ? describe : describe.skip)(
  'a disk that fails, by a library before it (needs Linux and a C compiler)',
  () => {
    let till: TillWithProgram;
    let disk: BadDisk;
    beforeAll(async () => {
      till = await TillWithProgram.open((folder) => {
        disk = new BadDisk(folder);
        return disk.environment;
      });
      await till.serve();
    });
    afterEach(() => disk.isGood());
    afterAll(async () => {
      await till.close();
      disk.remove();
    });

    const ballast = () => existsSync(join(till.folder, 'journal.ballast'));

    test('full in the middle of a payment: its answer gets the room that was held for it; new payments get none', async () => {
      expect(ballast()).toBe(true);
      const { told } = await till.payWhile(7, 'under way', () => disk.isFull());
      expect(told).toMatchObject({ outcome: 'approved' });
      expect(ballast()).toBe(false);
      await till.isNotSent(8, 'new');
      expect(await till.fault()).toMatch(/the disk is full.*Free some space on it; no payment is taken until then/);
      disk.isGood();
      expect((await till.pay(8, 'new')).told).toMatchObject({ outcome: 'approved' });
      await till.isWell();
      expect(ballast()).toBe(true);
    });

    test.each([
      ['an error at each write', () => disk.refusesWrites('EIO'), /the disk reports an error/],
      ['an error at each sync', () => disk.refusesSyncs(), /the disk reports an error/],
      ['no room that any ballast could give', () => disk.refusesWrites('ENOSPC'), /the disk is full/],
      ['mounted anew, read-only', () => disk.isReadOnly(), /(the disk reports an error|it can only be read)/],
    ])('%s: nothing new is sent; what was asked is 1108 until it can be written down', async (what, fails, why) => {
      const { told } = await till.payWhile(9, `under way: ${what}`, fails);
      expect(told).toMatchObject({ outcome: 'unknown', errorCode: '1108' });
      await till.isNotSent(10, `new: ${what}`);
      expect(await till.fault()).toMatch(why);
      disk.isGood();
      await until(async () => (await till.pay(9, `under way: ${what}`)).told.outcome === 'approved');
      await till.isWell();
      expect((await till.pay(10, `new: ${what}`)).told).toMatchObject({ outcome: 'approved' });
    });

    test('slow: every payment is paid, and told in time', async () => {
      disk.isSlow(400);
      expect((await till.pay(11, 'slow')).told).toMatchObject({ outcome: 'approved' });
    });

    test('mounted anew, read-only, and stopped: it ends well, and is started again once the disk is good', async () => {
      disk.isReadOnly();
      const stopped = await till.programs.run('stop', '--config', join(till.folder, 'config.yml'));
      expect(stopped).toMatchObject({ status: 0, stderr: '' });
      expect([await till.service.exit, till.service.stderr]).toEqual([0, expect.not.stringMatching(/^ +at /m)]);
      disk.isGood();
      await till.serve();
      expect((await till.pay(11, 'after it')).told).toMatchObject({ outcome: 'approved' });
    });

    describe('at start', () => {
      beforeAll(async () => {
        till.service.child.kill('SIGKILL');
        await till.service.exit;
      });

      test.each([
        ['read-only', () => disk.isReadOnly(), /can only be read|cannot be opened|is not mounted read-only/],
        ['an error at each write', () => disk.refusesWrites('EIO'), /the disk reports an error.*Check the disk/],
        [
          'no room that any ballast could give',
          () => disk.refusesWrites('ENOSPC'),
          /the disk is full.*Free some space/,
        ],
      ])('%s: it does not start, and says why', async (_what, fails, why) => {
        fails();
        const { status, stderr } = await till.programs.run('--config', await till.config());
        expect(status).toBe(1);
        expect(stderr).toContain(join(till.folder, 'journal.db'));
        expect(stderr).toMatch(why);
      });

      test('full: it starts in the room that was held, so that an answer can be kept, and takes no new payment', async () => {
        // What the starts above may have given up is there again.
        await till.serve();
        till.service.child.kill('SIGKILL');
        await till.service.exit;
        disk.isFull();
        await till.serve();
        await till.isNotSent(12, 'after the start');
        expect(await till.fault()).toMatch(/the disk is full/);
        disk.isGood();
        await till.isWell();
        expect((await till.pay(12, 'after the start')).told).toMatchObject({ outcome: 'approved' });
      });
    });
  },
);

test('on Linux one of the two stories is told', () => {
  // Elsewhere the centre's and the journal's own tests cover a store that fails (receive-answer, ballast, memory-store).
  expect(process.platform !== 'linux' || canLimit || canMakeDisks).toBe(true);
});
