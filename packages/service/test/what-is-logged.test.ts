import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  closeSync,
  existsSync,
  fstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Run } from './support/programs.ts';
import { TillWithCommands } from './support/till-with-commands.ts';
import { until } from './support/until.ts';

const onLinux = process.platform === 'linux' ? test : test.skip;

describe('what is logged', () => {
  let till: TillWithCommands;
  const children: { child: ChildProcess; exit: Promise<unknown> }[] = [];
  beforeEach(async () => {
    till = await TillWithCommands.open();
  });
  afterEach(async () => {
    for (const { child, exit } of children.splice(0)) {
      child.kill('SIGKILL');
      await exit;
    }
    await till.close();
  });

  const logs = () => join(till.folder, 'logs');
  const logged = (): string[] =>
    readdirSync(logs())
      .toSorted()
      .flatMap((name) => readFileSync(join(logs(), name), 'utf8').trimEnd().split('\n'));
  /** Ends it in its own way, so that all it has said is there. */
  async function end(service: Run): Promise<void> {
    await till.get('/stop');
    expect(await service.exit).toBe(0);
  }

  test('one payment: a line for each fact, with its ids and what matters, and no secret', async () => {
    const service = await till.serve();
    const paymentId = await till.paid({ amount: '12.34', order_id: 'A-1', customer: { email: 'ada@example.org' } });
    await until(() => service.stdout.includes('The till has its answer'));
    await till.pay({ amount: '12.34', order_id: 'A-1' });
    await end(service);
    const story = logged().filter((line) => line.includes('orderId=A-1'));
    expect(
      story.map((line) =>
        line
          .slice(24)
          .replace(/hipayOrderId.*|(paymentId|device|reference)=\S+ ?/g, '')
          .trim(),
      ),
    ).toEqual([
      'INFO  A till asks for 12.34 EUR. orderId=A-1',
      'INFO  The terminal is asked. orderId=A-1',
      'INFO  The terminal answered, 12.34: approved. orderId=A-1 stat=0 mode=1 matchedBy=token',
      'INFO  Registration with HiPay, attempt 1. orderId=A-1',
      'INFO  Registered with HiPay. orderId=A-1',
      'INFO  The till has its answer: approved. orderId=A-1',
      'INFO  A payment was answered again. orderId=A-1 outcome=approved',
    ]);
    for (const line of story) expect(line).toContain(`paymentId=${paymentId}`);
    // By hand, the console has the same.
    expect((service.stdout + service.stderr).trimEnd().split('\n').toSorted()).toEqual(logged().toSorted());
    expect(logged().join('\n')).not.toMatch(/Test_hipay_password|\bpwd\b|ada@example|bG9nOnB3ZA/);
    if (process.platform === 'win32') return;
    expect(statSync(logs()).mode & 0o777).toBe(0o700);
    for (const name of readdirSync(logs())) expect(statSync(join(logs(), name)).mode & 0o777).toBe(0o600);
  });

  onLinux(
    'a log that cannot be written: payments go on, it is said once and in health, and goes on with room',
    async () => {
      rmSync(logs(), { recursive: true, force: true });
      writeFileSync(logs(), 'a file of that name');
      const service = await till.serve();
      for (const n of [1, 2, 3]) {
        expect((await till.pay({ amount: n, order_id: `A-${n}` })).body).toMatchObject({ outcome: 'approved' });
      }
      expect((await till.get('/health')).body).toMatchObject({
        status: 'attention',
        problems: expect.arrayContaining([expect.stringContaining('The log cannot be written')]),
      });
      rmSync(logs());
      mkdirSync(logs());
      await end(service);
      expect(service.stderr.match(/The log cannot be written/g)).toHaveLength(1);
      expect(logged().join('\n')).toMatch(/A-1[\s\S]*A-2[\s\S]*A-3/);
    },
  );

  onLinux('under systemd: priorities and no time on the console, and the memory is never dumped', async () => {
    const file = join(till.folder, 'journald');
    const descriptor = openSync(file, 'a');
    const { dev, ino } = fstatSync(descriptor, { bigint: true });
    const { child, exit } = started({ JOURNAL_STREAM: `${dev}:${ino}` }, descriptor);
    closeSync(descriptor);
    await until(() => readFileSync(file, 'utf8').includes('takes payments at'));
    expect(readFileSync(file, 'utf8')).toMatch(/^<6>tp-manager \S+ takes payments at/m);
    expect(readFileSync(file, 'utf8')).toMatch(/^<4>No hipay_hash_key/m);
    expect(Number.parseInt(readFileSync(`/proc/${child.pid}/coredump_filter`, 'utf8'), 16)).toBe(0);
    await till.pay({ amount: 100.14, order_id: 'tip' });
    child.kill('SIGTERM');
    await exit;
    const lines = readFileSync(file, 'utf8').trimEnd().split('\n');
    expect(lines.filter((line) => !/^<[3467]>\S/.test(line))).toEqual([]);
    expect(lines).toContainEqual(expect.stringMatching(/^<3>.*101\.14 was taken, not 100\.14/));
    expect(logged()).toHaveLength(lines.length);
  });

  onLinux('started by launch: its output has what is wrong, the files have all', async () => {
    const file = join(till.folder, 'launch.log');
    const descriptor = openSync(file, 'a');
    const { child, exit } = started({ TP_MANAGER_CONSOLE: 'warn' }, descriptor);
    closeSync(descriptor);
    await until(() => existsSync(logs()) && logged().join().includes('takes payments at'));
    child.kill('SIGTERM');
    await exit;
    const printed = readFileSync(file, 'utf8');
    expect(printed).toMatch(/^\S+ \S+ WARN {2}No hipay_hash_key is configured/);
    // Root is warned of itself, too.
    expect(printed).toMatch(/^(\S+ \S+ WARN {2}[^\n]+\n){1,2}$/);
    expect(logged().length).toBeGreaterThan(2);
  });

  function started(environment: Record<string, string>, output: number) {
    const program = fileURLToPath(new URL('../src/main.ts', import.meta.url));
    const args = ['--disable-warning=ExperimentalWarning', program, '--config', till.config];
    const child = spawn(process.execPath, args, {
      env: { ...process.env, ...environment },
      stdio: ['ignore', output, output],
    });
    const run = { child, exit: once(child, 'close') };
    children.push(run);
    return run;
  }
});
