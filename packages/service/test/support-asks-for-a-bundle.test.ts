import { appendFileSync, existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { basic } from './support/http-call.ts';
import { TillWithCommands } from './support/till-with-commands.ts';
import { until } from './support/until.ts';
import { unzipped } from './support/unzipped.ts';

const PASSWORD = 'Test_hipay_password';

interface Made {
  file: string;
  bytes: number;
  files: { name: string; hidden: { secrets: number; cardNumbers: number } }[];
  missing: { name: string; why: string }[];
}

describe('tp-manager support-bundle', () => {
  let till: TillWithCommands;
  let bundles = 0;

  beforeAll(async () => {
    till = await TillWithCommands.open();
    const service = await till.serve();
    await till.pay({ amount: 100.13, order_id: 'long', customer: { firstname: 'Ada', email: 'ada@example.org' } });
    await until(() => service.stdout.includes('The till has its answer'));
  });
  afterAll(() => till.close());

  async function make(): Promise<Made & { texts: Record<string, string> }> {
    const output = join(till.folder, `bundle-${++bundles}.zip`);
    const { status, stdout, stderr } = await till.run('--json', 'support-bundle', '--output', output);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    const made = JSON.parse(stdout) as Made;
    expect(made.file).toBe(output);
    const files = [...unzipped(output)];
    for (const [, { mode }] of files) expect(mode & 0o777).toBe(0o600);
    if (process.platform !== 'win32') expect(statSync(output).mode & 0o777).toBe(0o600);
    const texts = Object.fromEntries(files.map(([name, { text }]) => [name, text]));
    expect(Object.keys(texts).toSorted()).toEqual(['manifest.json', ...made.files.map(({ name }) => name)].toSorted());
    const all = Object.values(texts).join('\n');
    expect(all).not.toMatch(new RegExp(`${PASSWORD}|\\bpwd\\b|bG9nOnB3ZA|Ada|ada@|4970101234567893`));
    return { ...made, texts };
  }
  const missing = (made: Made) => made.missing.map(({ name }) => name);

  test('with the service up: all of it, and what had got into a file is hidden and told', async () => {
    const planted = `401 for ${PASSWORD}, ${basic('log', 'pwd')}, card 4970 1012 3456 7893, https://a:b@proxy/`;
    writeFileSync(join(till.folder, 'launch.log'), `${planted}\n`);
    const made = await make();
    expect(missing(made)).toEqual([]);
    expect(made.files.find(({ name }) => name === 'logs/launch.log')?.hidden).toMatchObject({
      secrets: 3,
      cardNumbers: 1,
    });
    expect(made.texts['logs/launch.log']).toBe(
      '401 for [hidden], Basic [hidden], card 4970 10** **** 7893, https://[hidden]@proxy/\n',
    );
    const others = made.files.filter(({ name }) => name !== 'logs/launch.log');
    for (const { hidden } of others) expect(hidden).toMatchObject({ secrets: 0, cardNumbers: 0 });
    expect(JSON.parse(made.texts['health.json'] ?? '')).toMatchObject({ terminal: { state: 'connected' } });
    expect(JSON.parse(made.texts['journal.json'] ?? '')).toMatchObject({ counts: { unknown: 0 } });
    expect(JSON.parse(made.texts['versions.json'] ?? '')).toMatchObject({ node: process.version });
    expect(made.texts['traces.txt']).toMatch(/"orderId":"long"[\s\S]* answered\n[\s\S]*STX "/);
    expect(made.texts['files.txt']).toContain('journal.db');
    expect(Object.values(made.texts).join()).toContain('Registered with HiPay. paymentId=');
    expect(made.texts['config.yml']?.split('\n').filter((line) => line.includes('[hidden]'))).toHaveLength(2);
  });

  test('with a config.yml that cannot be read: its text, and what is wrong with it', async () => {
    const good = readFileSync(till.config, 'utf8');
    writeFileSync(till.config, good.replace('api_password: pwd', 'api_password: "pwd\nlocal_prot: 1'));
    try {
      const made = await make();
      expect(missing(made)).toEqual(['health.json']);
      expect(made.texts['config-problems.txt']).toMatch(/config\.yml:\d+:\d+/);
      expect(made.texts['config.yml']).toContain('environment: dev');
    } finally {
      writeFileSync(till.config, good);
    }
  });

  test('with the service down, and a damaged journal: what is left, and why the rest is not there', async () => {
    await till.get('/stop');
    expect(await till.service.exit).toBe(0);
    const down = await make();
    expect(down.missing).toEqual([
      { name: 'health.json', what: expect.any(String), why: 'the service is not running' },
    ]);
    const journal = join(till.folder, 'journal.db');
    writeFileSync(journal, readFileSync(journal).fill(0x2a, 0, 4_096));
    const damaged = await make();
    expect(missing(damaged)).toEqual(['health.json', 'journal.json', 'traces.txt']);
    expect(damaged.missing[1]?.why).toMatch(/journal\.db.*damaged|damaged.*journal\.db/s);
  });

  test('with nothing there at all: a bundle that says so', async () => {
    for (const name of readdirSync(till.folder).filter((name) => !name.endsWith('.zip')))
      rmSync(join(till.folder, name), { recursive: true });
    expect(missing(await make())).toEqual([
      ...['config.yml', 'config-problems.txt', 'health.json', 'journal.json', 'traces.txt', 'logs/tp-manager.log'],
    ]);
  });

  test('of bounded size: the end of what is too long', async () => {
    appendFileSync(
      join(till.folder, 'launch.log'),
      `the first line\n${`${'x'.repeat(99)}\n`.repeat(30_000)}the last line\n`,
    );
    const text = (await make()).texts['logs/launch.log'] ?? '';
    expect(text.length).toBeLessThan(2_000_100);
    expect(text).toMatch(/^\(the first \d+ bytes were left out\)\nx+\n/);
    expect(text).toMatch(/the last line\n$/);
  });

  test('a place that cannot be written: status 1, and nothing is left there', async () => {
    const output = join(till.folder, 'none', 'bundle.zip');
    const { status, stderr } = await till.run('support-bundle', '--output', output);
    expect({ status, stderr }).toEqual({ status: 1, stderr: expect.stringContaining('cannot be written') });
    expect(existsSync(join(till.folder, 'none'))).toBe(false);
  });
});
