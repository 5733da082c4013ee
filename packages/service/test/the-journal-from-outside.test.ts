import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type SimulatedGateway, startSimulatedGateway } from '@hipay-ecr/simulator/gateway/simulated-gateway.ts';
import { realClock } from '@hipay-ecr/simulator/real-clock.ts';
import { type StartedTerminal, startTerminal } from '@hipay-ecr/simulator/start-terminal.ts';
import { journalOver } from '../src/journal/journal.ts';
import { journalFile } from '../src/journal/journal-files.ts';
import { SqliteStore } from '../src/journal/sqlite-store.ts';
import { systemClock } from '../src/system-clock.ts';
import { basic, call } from './support/http-call.ts';
import { freePort, Programs, type Run, writeConfig } from './support/programs.ts';
import { until } from './support/until.ts';

const programs = new Programs();
const authorization = basic('log', 'pwd');

describe('the commands beside the service', () => {
  let folder: string;
  let terminal: StartedTerminal;
  let gateway: SimulatedGateway;
  let config: string;
  let port: number;
  let service: Run;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'from-outside-'));
    terminal = await startTerminal({ line: 'pty', delays: { paymentMs: 0 } });
    gateway = await startSimulatedGateway({ port: 0, clock: realClock });
    port = await freePort();
    config = await writeConfig(folder, { serialPort: terminal.path, port, gatewayUrl: gateway.url });
    service = await programs.serve(config);
    await pay({ amount: '12.34', order_id: 'good' });
    await pay({ amount: 100.14, order_id: 'tip' });
  });
  afterAll(async () => {
    await programs.endAll();
    await terminal.close();
    await gateway.close();
    await rm(folder, { recursive: true });
  });

  const pay = (body: unknown) => call(port, { method: 'POST', path: '/order', body, headers: { authorization } });
  const run = (...args: string[]) => programs.run(...args, '--config', config);
  const fine = async (...args: string[]): Promise<string> => {
    const { status, stdout, stderr } = await run(...args);
    expect({ status, stderr }).toEqual({ status: 0, stderr: expect.not.stringMatching(/error/i) });
    return stdout;
  };
  const read = async (...args: string[]) => JSON.parse(await fine(...args, '--json'));
  const idOf = async (order: string): Promise<string> =>
    (await read('payments', 'list', '--order', order)).items[0].paymentId;

  /** What the journal says, by all that reads it. */
  const allThatIsRead = async (): Promise<string[]> => [
    await fine('payments', 'list'),
    await fine('payments', 'list', '--outcome', 'unknown', '--json'),
    await fine('payments', 'show', await idOf('good'), '--trace'),
    await fine('payments', 'report', '--csv'),
    await fine('payments', 'report', '--terminal-total', '12.34', '--json'),
    await fine('payments', 'export'),
  ];

  test('status, for people and for programs', async () => {
    const text = await fine('status');
    expect(text).toMatch(/^status +attention: payments go on/m);
    expect(text).toContain('1 unknown, 1 with an alarm, 0 orphans');
    expect(text).toMatch(
      new RegExp(`^${await idOf('tip')} \\d\\d-\\d\\d \\d\\d:\\d\\d tip +101\\.14 EUR in doubt, alarm$`, 'm'),
    );
    expect(text).not.toContain(await idOf('good'));
    for (const line of text.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
    expect(await read('status')).toMatchObject({ running: true, status: 'attention', unknownPayments: 1 });
  });

  test('a password that was changed under the running service: each command says so', async () => {
    const other = join(folder, 'other.yml');
    const text = readFileSync(config, 'utf8').replace('api_password: pwd', 'api_password: changed');
    writeFileSync(other, text, { mode: 0o600 });
    for (const command of ['status', 'stop', 'payments list']) {
      const { status, stderr } = await programs.run(...command.split(' '), '--config', other);
      expect([status, stderr]).toEqual([1, expect.stringContaining('other credentials than config.yml')]);
    }
  });

  test('the list and the report fit a screen', async () => {
    const list = await fine('payments', 'list');
    expect(list).toMatch(/^payment +at +order +amount +outcome +HiPay$/m);
    expect(list).toMatch(/ good +12\.34 EUR +approved +registered$/m);
    const report = await fine('payments', 'report', '--terminal-total', '113.48');
    expect(report).toMatch(/^Debit EUR +count +amount$/m);
    expect(report).toMatch(/^approved +1 +12\.34$/m);
    expect(report).toContain('a gap of 101.14');
    expect(report.replaceAll(/\s+/g, ' ')).toContain('Order tip, 101.14: Nobody knows whether it was paid');
    for (const line of [...list.split('\n'), ...report.split('\n')]) expect(line.length).toBeLessThanOrEqual(80);
  });

  test.each([
    ['payments resolve', ['PAYMENT', '--outcome', '--note', '--by']],
    ['payments acknowledge', ['ORPHAN', '--note', '--by']],
  ])('%s without anything: all that is missing is named at once, and what to give', async (command, names) => {
    const { status, stderr } = await run(...command.split(' '));
    expect(status).toBe(2);
    const lines = stderr.trimEnd().split('\n');
    expect(lines.slice(0, -1).map((line) => line.split(' is missing: give ', 1)[0])).toEqual(names);
    expect(lines.at(-1)).toBe(`Nothing was done. 'tp-manager ${command} --help' tells what it takes.`);
  });

  test('a number of an answer that is none: it is said where they stand', async () => {
    const { status, stderr } = await run('payments', 'acknowledge', 'XXX', '--note', 'n', '--by', 'Anna');
    expect([status, stderr]).toEqual([2, expect.stringContaining("'tp-manager payments orphans' shows")]);
  });

  test('what was mistyped is named as it was typed, all of it at once', async () => {
    const { status, stderr } = await run('payments', 'report', '--date', '05/01/2026', '--terminal-total', '1,234.50');
    expect(status).toBe(2);
    expect(stderr).toContain('--date: found "05/01/2026", expected a day such as 2026-01-05\n');
    expect(stderr).toContain('--terminal-total: found "1,234.50", expected an amount such as 1234.50');
    expect(stderr).not.toMatch(/charged|the till|terminal_total/);
  });

  test('the same is read once the service was killed, and its files are left as they are', async () => {
    const online = await allThatIsRead();
    service.child.kill('SIGKILL');
    await service.exit;
    const before = footprint(folder);
    expect(await allThatIsRead()).toEqual(online);
    expect(footprint(folder)).toEqual(before);
    const { stderr } = await run('payments', 'list');
    expect(stderr).toContain('read straight from its journal');
  });

  test('what changes something needs the running service, and says so', async () => {
    const tip = await idOf('tip');
    const startsIt = `start it (npx tp-manager --config ${config})`;
    for (const args of [
      ['payments', 'resolve', tip, '--outcome', 'approved', '--note', 'ticket', '--by', 'Anna'],
      ['payments', 'resend', '--parked'],
      ['payments', 'resend', tip],
      ['payments', 'acknowledge', '1', '--note', 'ticket', '--by', 'Anna'],
    ]) {
      const { status, stderr } = await run(...args);
      expect([status, stderr]).toEqual([
        1,
        expect.stringContaining(
          `The service is not running, and only the running service changes payments: ${startsIt}`,
        ),
      ]);
    }
    const { status, stdout } = await run('status');
    expect([status, stdout.replaceAll(/\s+/g, ' ')]).toEqual([
      1,
      `The service is not running. Start it with: npx tp-manager --config ${config} `,
    ]);
  });

  test('an answer that belongs to nobody is listed, and acknowledged once somebody has looked at it', async () => {
    expect(await fine('payments', 'orphans')).toBe('There are no such answers.\n');
    const journal = journalOver(new SqliteStore(journalFile(folder), 'writer'), systemClock);
    const device = { port: terminal.path, identity: terminal.path };
    await journal.appendOrphan({ bytesMasked: '01000000500B978ABCDEFGHIJ', why: 'nobody asked for it', device });
    await journal.close();
    service = await programs.serve(config);
    expect(await fine('status')).toMatch(/, 1 orphan$/m);
    const open = await fine('payments', 'orphans', '--open');
    expect(open).toMatch(/^ +1 \d\d-\d\d \d\d:\d\d approved 5\.00 EUR no$/m);
    expect(open.replaceAll(/\s+/g, ' ')).toContain('tp-manager payments acknowledge ORPHAN');
    for (const line of open.split('\n')) expect(line.length).toBeLessThanOrEqual(80);

    const said = await fine('payments', 'acknowledge', '1', '--note', 'given back in cash', '--by', 'Anna');
    expect(said).toMatch(/ by Anna: given back in cash$/m);
    expect(await fine('payments', 'orphans', '--open')).toBe('There are no such answers.\n');
    expect(await read('payments', 'orphans')).toMatchObject({ items: [{ orphanId: 1, acknowledged: { by: 'Anna' } }] });
    expect(await fine('status')).toContain('0 orphans');
    expect(await fine('payments', 'export')).toContain('"note":"given back in cash"');
    for (const [orphan, status] of [
      ['1', 1],
      ['2', 1],
      ['x', 2],
    ] as const) {
      expect((await run('payments', 'acknowledge', orphan, '--note', 'x', '--by', 'Bea')).status).toBe(status);
    }
  });

  test('a person settles with the command; HiPay gets what was taken', async () => {
    const tip = await idOf('tip');
    const wrong = await run('payments', 'resolve', tip, '--outcome', 'maybe', '--note', 'ticket', '--by', 'Anna');
    expect([wrong.status, wrong.stderr]).toEqual([2, expect.stringContaining('--outcome: found "maybe"')]);
    const byOrder = await run(
      'payments',
      'resolve',
      'tip',
      '--outcome',
      'approved',
      '--note',
      'ticket',
      '--by',
      'Anna',
    );
    expect([byOrder.status, byOrder.stderr]).toEqual([
      1,
      expect.stringContaining(`name its payment ${tip} (unknown) instead. `),
    ]);
    const text = await fine(
      'payments',
      'resolve',
      tip,
      '--outcome',
      'approved',
      '--note',
      'the ticket',
      '--by',
      'Anna',
    );
    expect(text).toMatch(/^settled +approved by Anna.*the ticket$/m);
    await until(() => gateway.orders().length === 2);
    expect(gateway.orders()[1]).toMatchObject({ orderId: 'tip', amount: '101.14' });
    const again = await run('payments', 'resolve', tip, '--outcome', 'refused', '--note', 'x', '--by', 'Bea');
    expect([again.status, again.stderr]).toEqual([1, expect.stringMatching(/approved by Anna.*replaces: \d+/)]);
  });

  test('a payment is shown by its id, or by its order: the one that counts', async () => {
    const good = await idOf('good');
    const byOrder = await fine('payments', 'show', 'good');
    expect(byOrder).toBe(await fine('payments', 'show', good));
    await pay({ amount: 100.02, order_id: 'tried' });
    await pay({ amount: 3, order_id: 'tried' });
    await pay({ amount: 100.02, order_id: 'tried' });
    const { stdout, stderr } = await run('payments', 'show', 'tried');
    expect(stdout).toMatch(/^outcome +approved$/m);
    expect(stderr).toContain('Order tried has had 2 payments');
    const nobody = await run('payments', 'show', 'nobody');
    expect([nobody.status, nobody.stderr]).toEqual([
      1,
      "There is neither a payment nor an order 'nobody': 'tp-manager payments list' shows what there is.\n",
    ]);
  });

  test('all facts as lines of JSON, in a file for its owner alone', async () => {
    const file = join(folder, 'facts.jsonl');
    expect(await fine('payments', 'export', '--output', file)).toMatch(/^\d+ facts written to /);
    const facts = readFileSync(file, 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(facts.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['accepted', 'asked', 'answered', 'settled']));
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const { status, stderr } = await run('payments', 'export', '--output', join(folder, 'none', 'x'));
    expect([status, stderr]).toEqual([1, expect.stringContaining('cannot be written')]);
  });

  test('stop --hold: the service has ended when the command has, and always-up is told', async () => {
    expect(await fine('stop', '--hold')).toBe('The service has stopped.\n');
    expect(await service.exit).toBe(0);
    expect(existsSync(join(folder, 'hold'))).toBe(true);
    expect(await fine('stop')).toBe('The service was not running.\n');
    expect(JSON.parse((await run('status', '--json')).stdout)).toEqual({ running: false, held: true });
  });

  test('stop, where another program has the port: that is not stopped, and how launch is kept from trying on', async () => {
    const other = createServer((_request, response) => response.writeHead(404).end()).listen(port, '127.0.0.1');
    await once(other, 'listening');
    rmSync(join(folder, 'hold'));
    const stopped = await run('stop');
    expect([stopped.status, stopped.stderr]).toEqual([
      1,
      expect.stringContaining("'tp-manager stop --hold' ends that"),
    ]);
    expect(existsSync(join(folder, 'hold'))).toBe(false);
    const held = await run('stop', '--hold');
    expect([held.status, held.stderr]).toEqual([1, expect.stringContaining('does not try again')]);
    expect(existsSync(join(folder, 'hold'))).toBe(true);
    other.close();
    await once(other, 'close');
  });

  test('rule 19: set-aside: not while the service works, not where nothing is damaged', async () => {
    const intact = await run('journal', 'set-aside');
    expect([intact.status, intact.stderr]).toEqual([1, expect.stringContaining('--even-intact')]);
    service = await programs.serve(config);
    const working = await run('journal', 'set-aside', '--even-intact');
    expect([working.status, working.stderr]).toEqual([1, expect.stringContaining('stop it first')]);
    await fine('stop');
    writeFileSync(join(folder, 'journal.db'), 'no journal at all');
    const listed = await run('payments', 'list');
    expect([listed.status, listed.stderr]).toEqual([1, expect.stringContaining("'tp-manager payments export' saves")]);
    expect(listed.stderr).not.toContain('be written');
    const damaged = programs.start('--config', config);
    expect(await damaged.exit).toBe(1);
    expect(damaged.stderr).toContain('tp-manager journal set-aside');
    const { aside } = await read('journal', 'set-aside');
    expect(readFileSync(aside, 'utf8')).toBe('no journal at all');
    service = await programs.serve(config);
    expect((await read('payments', 'list')).items).toEqual([]);
  });
});

/** Every file with its content and its time. */
function footprint(folder: string): string[] {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  const files = names.filter((name) => statSync(join(folder, name)).isFile());
  return files.map((name) => {
    const path = join(folder, name);
    return `${name} ${statSync(path).mtimeMs} ${createHash('sha256').update(readFileSync(path)).digest('hex')}`;
  });
}
