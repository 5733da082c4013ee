import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readlinkSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseFault } from './gateway/fault-body.ts';

const PROGRAM = fileURLToPath(new URL('../bin/ecr-simulator.js', import.meta.url));

/** One whose test fails is not to go on without it. */
const children: ChildProcess[] = [];
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
});

function start(args: string[]) {
  const child: ChildProcess = spawn(process.execPath, [PROGRAM, ...args], { env: { ...process.env, NO_COLOR: '1' } });
  children.push(child);
  const said = { out: '', err: '' };
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    said.out += text;
  });
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    said.err += text;
  });
  const ended = once(child, 'close').then(([status]) => status as number | null);
  const says = async (text: string) => {
    while (!said.out.includes(text) && child.exitCode === null) {
      await Promise.race([once(child.stdout ?? child, 'data'), ended]);
    }
  };
  return { child, said, ended, says };
}

test.each([
  [['nope'], "unknown command 'nope'"],
  [[], 'Usage: ecr-simulator'],
  [['terminal', '--baud', '12'], 'One of 1200, 2400, 4800, 9600, 19200, 38400, 57600, 115200 is expected.'],
  [['terminal', '--tcp', '70000'], 'A whole number from 0 to 65535 is expected.'],
  [['terminal', '--always', 'pay'], 'One of approve, contactless, refuse,'],
  [['terminal', '--private-field', 'x'], 'Allowed choices are echo, blank, opaque.'],
  [['terminal', '--tcp', '0', '--link', '/tmp/x'], '--link is for a device, --tcp for a port: choose one'],
  [['gateway', 'extra'], 'too many arguments'],
  [['demo', '--once', '--tp-manager', '/no/such'], '--tp-manager names /no/such, which does not exist'],
])('wrong use, status 2: %j', async (args, message) => {
  const { said, ended } = start(args);
  expect(await ended).toBe(2);
  expect(said.err).toContain(message);
  expect(said.out).toBe('');
});

test('help is no mistake, and lists what amounts do', async () => {
  const { said, ended } = start(['terminal', '--help']);
  expect(await ended).toBe(0);
  expect(said.out).toContain('100.02     refuse         The bank refuses.');
});

test('what does not work ends with status 1 and says why', async () => {
  const { said, ended } = start(['terminal', '--tcp', '0', '--ledger', '/no/such/folder/ledger']);
  expect(await ended).toBe(1);
  expect(said.err).toContain("ENOENT: no such file or directory, open '/no/such/folder/ledger'");
});

test('a terminal says where it is, and ends with status 0 when it is told to', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'simulator-'));
  const link = join(folder, 'terminal');
  const args = process.platform === 'linux' ? ['--link', link] : ['--tcp', '0'];
  const { child, said, ended, says } = start(['terminal', ...args]);
  await says('serial_port of the register: ');
  if (process.platform === 'linux') {
    expect(said.out).toBe(`The line is open.\nserial_port of the register: ${link}\n`);
    expect(existsSync(readlinkSync(link))).toBe(true);
  }
  child.kill('SIGTERM');
  expect(await ended).toBe(0);
  expect(existsSync(link)).toBe(false);
  rmSync(folder, { recursive: true });
});

test('as JSON every line is JSON', async () => {
  const { child, said, ended, says } = start(['terminal', '--tcp', '0', '--json']);
  await says('ready');
  child.kill('SIGINT');
  expect(await ended).toBe(0);
  expect(
    said.out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line)),
  ).toEqual([{ kind: 'ready', path: expect.stringMatching(/^tcp:\/\/127\.0\.0\.1:\d+$/) }]);
});

test('a gateway says its address', async () => {
  const { child, said, ended, says } = start(['gateway', '--port', '0']);
  await says('hipay_gateway_url');
  expect(said.out).toMatch(/hipay_gateway_url of the service: http:\/\/127\.0\.0\.1:\d+\/rest\/\n/);
  child.kill('SIGTERM');
  expect(await ended).toBe(0);
});

test("the gateway's help names its faults, and each of them is taken as it stands there", async () => {
  const help = start(['gateway', '--help']);
  expect(await help.ended).toBe(0);
  const faults = [...help.said.out.matchAll(/^ {2}'(\{.*\})' /gm)].map(([, fault]) => fault ?? '');
  const kinds = faults.map((fault) => JSON.parse(fault).kind);
  const { problem } = parseFault({}) as { problem: string };
  expect(problem).toContain(`expected one of ${kinds.join(', ')}.`);
  expect(faults.map((fault) => parseFault(JSON.parse(fault)))).toEqual(
    faults.map((fault) => ({ fault: JSON.parse(fault) })),
  );
});

test('a gateway on a port that is taken says so', async () => {
  const first = start(['gateway', '--port', '0']);
  await first.says('hipay_gateway_url');
  const port = /:(\d+)\/rest/.exec(first.said.out)?.[1] ?? '';
  const second = start(['gateway', '--port', port]);
  expect(await second.ended).toBe(1);
  expect(second.said.err).toBe(
    `Another program listens on port ${port} of 127.0.0.1. Stop that one, or choose another port with --port.\n`,
  );
  first.child.kill('SIGTERM');
  await first.ended;
});
