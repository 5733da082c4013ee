import { spawnSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ManualClock } from '@hipay-ecr/shared/manual-clock.ts';
import { LogFolder } from './log-folder.ts';
import { logLimits } from './log-limits.ts';

const NOON = new Date(2026, 0, 31, 12).getTime();
const line = (text: string, day = '2026-01-31') => ({ day, text });

describe('the folder of the log', () => {
  let data: string;
  let folder: string;
  let clock: ManualClock;
  let log: LogFolder;
  beforeEach(() => {
    data = mkdtempSync(join(tmpdir(), 'log-folder-'));
    folder = join(data, 'logs');
    clock = new ManualClock(NOON);
    log = new LogFolder(folder, 30, clock);
  });
  afterEach(() => rmSync(data, { recursive: true }));

  const read = (name: string) => readFileSync(join(folder, name), 'utf8');

  test('it and its files are for their owner alone', async () => {
    await log.write([line('one\n'), line('two\n')]);
    expect(read('tp-manager-2026-01-31.log')).toBe('one\ntwo\n');
    if (process.platform === 'win32') return;
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    expect(statSync(join(folder, 'tp-manager-2026-01-31.log')).mode & 0o777).toBe(0o600);
  });

  test('a file for each day, in parts where it grows large; a process that comes later goes on with the last', async () => {
    await log.write([line('yesterday\n', '2026-01-30')]);
    await log.write([line('x'.repeat(logLimits.fileBytes - 5))]);
    await log.write([line('12345')]);
    await log.write([line('6')]);
    await new LogFolder(folder, 30, clock).write([line('7')]);
    expect(readdirSync(folder).toSorted()).toEqual([
      ...['tp-manager-2026-01-30.log', 'tp-manager-2026-01-31.2.log', 'tp-manager-2026-01-31.log'],
    ]);
    expect(read('tp-manager-2026-01-31.2.log')).toBe('67');
    expect(statSync(join(folder, 'tp-manager-2026-01-31.log')).size).toBe(logLimits.fileBytes);
  });

  test('what is older than it is to be kept goes, with the next day; what is not ours stays', async () => {
    mkdirSync(folder);
    for (const name of ['tp-manager-2025-12-31.log', 'tp-manager-2026-01-01.3.log', 'notes.log']) {
      writeFileSync(join(folder, name), 'x');
    }
    writeFileSync(join(folder, 'tp-manager-2026-01-02.log'), 'x');
    await log.write([line('x')]);
    expect(readdirSync(folder)).toContain('tp-manager-2026-01-01.3.log');
    clock.setWall(NOON + 24 * 3_600_000);
    await log.write([line('x', '2026-02-01')]);
    expect(readdirSync(folder).toSorted()).toEqual([
      ...['notes.log', 'tp-manager-2026-01-02.log', 'tp-manager-2026-01-31.log', 'tp-manager-2026-02-01.log'],
    ]);
  });

  test('all together they have a limit: the oldest go', async () => {
    mkdirSync(folder);
    for (const name of ['tp-manager-2026-01-28.log', 'tp-manager-2026-01-29.2.log', 'tp-manager-2026-01-29.log']) {
      writeFileSync(join(folder, name), '');
      truncateSync(join(folder, name), logLimits.allBytes / 2);
    }
    await log.write([line('x')]);
    expect(readdirSync(folder).toSorted()).toEqual([
      'tp-manager-2026-01-29.2.log',
      'tp-manager-2026-01-29.log',
      'tp-manager-2026-01-31.log',
    ]);
  });

  test('a folder that somebody removes is made anew', async () => {
    await log.write([line('one\n')]);
    rmSync(folder, { recursive: true });
    await log.write([line('two\n')]);
    expect(read('tp-manager-2026-01-31.log')).toBe('two\n');
  });

  test('a folder that cannot be', async () => {
    writeFileSync(folder, 'a file of that name');
    await expect(log.write([line('one\n')])).rejects.toThrow(/ENOTDIR|EEXIST/);
  });

  const onLinux = process.platform === 'linux' ? test : test.skip;
  onLinux('a full disk: what was refused is written once there is room', async () => {
    const file = join(folder, 'tp-manager-2026-01-31.log');
    mkdirSync(folder);
    symlinkSync('/dev/full', file);
    await expect(log.write([line('one\n')])).rejects.toThrow(/ENOSPC/);
    rmSync(file);
    await log.write([line('one\n')]);
    expect(read('tp-manager-2026-01-31.log')).toBe('one\n');
  });

  onLinux('a disk that takes a part of it: that part is taken back', () => {
    // A process that may write files of 512 bytes gets the first of them written, then an error.
    const limited = 'trap "" XFSZ; ulimit -f 1; exec "$0" "$@"';
    const writes = `
      import { LogFolder } from ${JSON.stringify(new URL('./log-folder.ts', import.meta.url).href)};
      const log = new LogFolder(${JSON.stringify(folder)}, 30, { nowMs: () => ${NOON} });
      await log.write([{ day: '2026-01-31', text: 'a'.repeat(300) }]);
      await log.write([{ day: '2026-01-31', text: 'b'.repeat(3_000) }]).catch(({ code }) => process.stdout.write(code));`;
    const args = ['-c', limited, process.execPath, '--input-type=module', '--eval', writes];
    expect(spawnSync('sh', args, { encoding: 'utf8' })).toMatchObject({ status: 0, stdout: 'EFBIG' });
    expect(read('tp-manager-2026-01-31.log')).toBe('a'.repeat(300));
  });
});
