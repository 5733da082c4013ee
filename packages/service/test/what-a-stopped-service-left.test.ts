import { chmodSync } from 'node:fs';
import { mkdtemp, open, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { accepted, asked, unclear } from '../src/journal/journal.fixture.ts';
import { journalOver } from '../src/journal/journal.ts';
import { journalFile } from '../src/journal/journal-files.ts';
import { SqliteStore } from '../src/journal/sqlite-store.ts';
import { systemClock } from '../src/system-clock.ts';
import { basic, call } from './support/http-call.ts';
import { freePort, Programs, writeConfig } from './support/programs.ts';

const programs = new Programs();
let folder: string;
let config: string;
let port: number;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'left-'));
  port = await freePort();
  config = await writeConfig(folder, { port });
});
afterEach(async () => {
  await programs.endAll();
  await rm(folder, { recursive: true });
});

const status = (...more: string[]) => programs.run('--config', config, 'status', ...more);

test('status names what was running as the service was killed, and what is in doubt', async () => {
  const journal = journalOver(new SqliteStore(journalFile(folder), 'writer'), systemClock);
  await journal.append('01DOUBT', [accepted({ orderId: 'doubtful' }), asked('0000000001'), unclear]);
  await journal.append('01RUNS', [accepted({ orderId: 'under way' }), asked('0000000002')]);
  // Not closed: as a kill leaves it.
  const { status: ended, stdout, stderr } = await status();
  expect([ended, stderr]).toEqual([1, '']);
  expect(stdout).toMatch(/^The service is not running\. Start it with:/);
  expect(stdout).toMatch(/^01RUNS .* under way +12\.50 EUR not ended$/m);
  expect(stdout).toMatch(/^01DOUBT .* doubtful +12\.50 EUR in doubt$/m);
  const words = stdout.replaceAll(/\s+/g, ' ');
  expect(words).toContain('start it, so that it hears the answer of the terminal');
  expect(words).toContain('1 payment(s) with an unknown outcome');
  expect(JSON.parse((await status('--json')).stdout)).toMatchObject({
    ...{ running: false, held: false, unknownPayments: 1 },
    attention: { unknown: [{ paymentId: '01DOUBT' }], running: [{ paymentId: '01RUNS' }] },
  });
  await journal.close();
});

describe('config.yml has mistakes', () => {
  const run = (...args: string[]) => programs.run(...args, '--config', config);
  beforeEach(async () => {
    const journal = journalOver(new SqliteStore(journalFile(folder), 'writer'), systemClock);
    await journal.append('01DOUBT', [accepted({ orderId: 'doubtful' }), asked('0000000001'), unclear]);
    await journal.close();
  });

  test.each<[string, (text: string) => string]>([
    ['one', (text) => text.replace('local_port:', 'local_prot:')],
    ['it is no YAML', (text) => text.replace('local_port:', 'local_port: "')],
  ])('%s: the journal is read all the same, and status says that the service does not run', async (_what, spoil) => {
    await writeFile(config, spoil(await readFile(config, 'utf8')));
    for (const command of ['list', 'show doubtful', 'report', 'orphans']) {
      const { status: ended, stdout, stderr } = await run('payments', ...command.split(' '));
      expect([command, ended]).toEqual([command, 0]);
      expect(stderr).toMatch(/config\.yml:\d+:\d+: [\s\S]*The service is not running: this is read straight/);
      if (command !== 'orphans') expect(stdout).toContain('01DOUBT');
    }
    const { status: ended, stdout, stderr } = await status();
    expect([ended, stderr]).toEqual([2, expect.stringMatching(/config\.yml:\d+:\d+: /)]);
    expect(stdout.replaceAll(/\s+/g, ' ')).toMatch(
      /^The service is not running\. With what config\.yml says it cannot be started: mend that, then start it with: /,
    );
    expect(stdout).toMatch(/^01DOUBT .* in doubt$/m);
  });

  test('what changes something says only what is wrong, once', async () => {
    await writeFile(config, (await readFile(config, 'utf8')).replace('local_port:', 'local_prot:'));
    const { status: ended, stderr } = await run('payments', 'resend', '--parked');
    expect(ended).toBe(2);
    expect(stderr.match(/config\.yml:\d+:\d+: local_port/g)).toHaveLength(1);
    expect(stderr).not.toContain('read straight');
  });
});

test('a journal that cannot be read: status says why', async () => {
  await writeFile(journalFile(folder), 'no journal'.repeat(1000));
  const { status: ended, stdout } = await status();
  expect(ended).toBe(1);
  expect(stdout.replaceAll(/\s+/g, ' ')).toMatch(/The service is not running\. .* - The journal .* is damaged/);
});

test('a journal whose payments cannot be read: status counts none, and says why', async () => {
  const journal = journalOver(new SqliteStore(journalFile(folder), 'writer'), systemClock);
  await journal.append('01DOUBT', [accepted({ orderId: 'doubtful' }), asked('0000000001'), unclear]);
  await journal.close();
  const { length } = await readFile(journalFile(folder));
  const damaged = await open(journalFile(folder), 'r+');
  await damaged.write(Buffer.alloc(length - 4096, 0xff), 0, length - 4096, 4096);
  await damaged.close();
  const left = JSON.parse((await status('--json')).stdout);
  expect(left).toEqual({ running: false, held: false, problems: [expect.stringContaining('cannot be read')] });
  expect((await status()).stdout.replaceAll(/\s+/g, ' ')).toMatch(/not running.* - .*cannot be read/);
});

test('a service that has never run has left nothing', async () => {
  const { stdout } = await status();
  expect(stdout.replaceAll(/\s+/g, ' ')).toMatch(
    /^The service is not running\. Start it with: \S+ tp-manager --config \S+ $/,
  );
});

test('a configuration that others can read: said once in the log, and in health until it is mended', async () => {
  chmodSync(config, 0o644);
  const service = await programs.serve(config);
  const { body } = await call(port, { path: '/health', headers: { authorization: basic('log', 'pwd') } });
  const sentence = `'chmod 600 ${config}' mends it.`;
  const { warnings } = body as { warnings: string[] };
  expect(warnings.filter((warning) => warning.endsWith(sentence))).toHaveLength(1);
  expect((service.stdout + service.stderr).split(sentence)).toHaveLength(2);
  const { stdout, stderr } = await status();
  expect(stdout.replaceAll(/\s+/g, ' ')).toContain(sentence);
  expect(stderr).toContain(sentence);
});
