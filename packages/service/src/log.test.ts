import { closeSync, fstatSync, mkdtempSync, openSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ManualClock } from '@hipay-ecr/shared/manual-clock.ts';
import { createLog, type LogOptions } from './log.ts';
import { logLimits } from './logging/log-limits.ts';

const EVENING = new Date(2026, 0, 5, 23, 59, 59, 990).getTime();

describe('the log', () => {
  let folder: string;
  let clock: ManualClock;
  let console: LogOptions['console'];
  let descriptors: number[];
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'log-'));
    clock = new ManualClock(EVENING);
    descriptors = ['out', 'err'].map((name) => openSync(join(folder, name), 'w'));
    const [out, err] = descriptors.map((fd) => ({ fd, isTTY: false, write: () => true }));
    if (out === undefined || err === undefined) throw new Error('no console');
    console = { out, err };
  });
  afterEach(() => {
    for (const descriptor of descriptors) closeSync(descriptor);
    rmSync(folder, { recursive: true });
  });

  const open = (more: Partial<LogOptions> = {}) =>
    createLog({
      ...{ level: 'info', secrets: ['a secret'], clock, console },
      files: { folder: join(folder, 'logs'), keepDays: 30 },
      ...more,
    });
  const lines = (name: string) => readFileSync(join(folder, name), 'utf8').split('\n').slice(0, -1);
  const files = () => readdirSync(join(folder, 'logs')).toSorted();

  test('by hand: all of it on the console, with its time, and in the file', async () => {
    const log = open();
    log.info('Told a secret.', { paymentId: 'P1' });
    log.warn('Mind this.');
    log.debug('Not now.');
    await log.close();
    const info = '2026-01-05 23:59:59.990 INFO  Told [hidden]. paymentId=P1';
    const warn = '2026-01-05 23:59:59.990 WARN  Mind this.';
    expect([lines('out'), lines('err')]).toEqual([[info], [warn]]);
    expect(lines('logs/tp-manager-2026-01-05.log')).toEqual([info, warn]);
  });

  test('at midnight another file begins; a line belongs to the day on which it was said', async () => {
    const log = open();
    log.info('One.');
    clock.advance(20);
    log.info('Two.');
    await log.close();
    expect(files()).toEqual(['tp-manager-2026-01-05.log', 'tp-manager-2026-01-06.log']);
    expect(lines('logs/tp-manager-2026-01-06.log')).toEqual(['2026-01-06 00:00:00.010 INFO  Two.']);
  });

  test('an idle service loses its old files too', async () => {
    const log = open();
    log.info('One.');
    await log.close();
    const idle = open();
    clock.setWall(EVENING + 31 * 24 * 3_600_000);
    clock.advance(logLimits.tidyMs);
    while (files().length > 0) await new Promise((resolve) => setImmediate(resolve));
    await idle.close();
  });

  test('launched: the console has what is wrong, the file has all', async () => {
    const log = open({ console: { ...console, level: 'warn' } });
    log.info('All is well.');
    log.error('It is not.');
    await log.close();
    expect(lines('out')).toEqual([]);
    expect(lines('err')).toHaveLength(1);
    expect(lines('logs/tp-manager-2026-01-05.log')).toHaveLength(2);
  });

  test('read by journald: priorities and no time, on the stream that it reads', async () => {
    const { dev, ino } = fstatSync(console.err.fd, { bigint: true });
    const log = open({ console: { ...console, journalStream: `${dev}:${ino}` } });
    log.error('It broke.');
    log.info('All is well.');
    await log.close();
    expect(lines('err')).toEqual(['<3>It broke.']);
    expect(lines('out')).toEqual(['2026-01-05 23:59:59.990 INFO  All is well.']);
  });

  test('a file that cannot be written: said once on the console, and known, until it can be', async () => {
    writeFileSync(join(folder, 'logs'), 'a file of that name');
    const log = open();
    log.info('One.');
    log.info('Two.');
    await log.close();
    await log.close();
    expect(lines('err')).toEqual([
      expect.stringMatching(/WARN {2}The log cannot be written to .*logs .*payments go on/),
    ]);
    expect(log.problem).toMatch(/^The log cannot be written/);
    rmSync(join(folder, 'logs'));
    await log.close();
    expect(log.problem).toBeUndefined();
    expect(lines('logs/tp-manager-2026-01-05.log')).toHaveLength(2);
  });

  test('whoever says something waits for nothing, and a flood has its limits', async () => {
    const log = open();
    for (let n = 0; n < logLimits.notedLines + 7; n += 1) log.info('Again.');
    expect(readFileSync(join(folder, 'out'), 'utf8')).toBe('');
    await log.close();
    const said = lines('logs/tp-manager-2026-01-05.log');
    expect(said).toHaveLength(logLimits.notedLines + 1);
    expect(said.at(-1)).toContain('7 lines of the log were lost here');
  });

  test('a process that ends at once has its last words in the file', async () => {
    const log = open();
    log.error('It ends here.');
    log.lastWords();
    expect(lines('logs/tp-manager-2026-01-05.log')).toEqual([expect.stringContaining('It ends here.')]);
    // What was under way goes on here, as the process does.
    await log.close();
  });
});
