import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { TillWithCommands } from './support/till-with-commands.ts';

describe('the commands beside the service', () => {
  let till: TillWithCommands;
  let good: string;
  let tip: string;
  beforeAll(async () => {
    till = await TillWithCommands.open();
    await till.serve();
    good = await till.paid({ amount: '12.34', order_id: 'good' });
    tip = await till.paid({ amount: 100.14, order_id: 'tip' });
  });
  afterAll(() => till.close());

  /** What the journal says, by all that reads it. */
  const allThatIsRead = async (): Promise<string[]> => [
    await till.fine('payments', 'list'),
    await till.fine('payments', 'list', '--outcome', 'unknown', '--json'),
    await till.fine('payments', 'show', good, '--trace'),
    await till.fine('payments', 'report', '--csv'),
    await till.fine('payments', 'report', '--terminal-total', '12.34', '--json'),
    await till.fine('payments', 'export'),
  ];

  test('status, for people and for programs', async () => {
    const text = await till.fine('status');
    expect(text).toMatch(/^status +attention: payments go on/m);
    expect(text).toContain('1 unknown, 1 with an alarm, 0 orphans');
    expect(text).toMatch(new RegExp(`^${tip} \\d\\d-\\d\\d \\d\\d:\\d\\d tip +101\\.14 EUR in doubt, alarm$`, 'm'));
    expect(text).not.toContain(good);
    for (const line of text.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
    expect(await till.json('status')).toMatchObject({ running: true, status: 'attention', unknownPayments: 1 });
  });

  test('a password that was changed under the running service: each command says so', async () => {
    const other = join(till.folder, 'other.yml');
    const text = readFileSync(till.config, 'utf8').replace('api_password: pwd', 'api_password: changed');
    writeFileSync(other, text, { mode: 0o600 });
    for (const command of ['status', 'payments list']) {
      const { status, stderr } = await till.programs.run(...command.split(' '), '--config', other);
      expect([status, stderr]).toEqual([1, expect.stringContaining('other credentials than config.yml')]);
    }
  });

  test('the list and the report fit a screen', async () => {
    const list = await till.fine('payments', 'list');
    expect(list).toMatch(/^payment +at +order +amount +outcome +HiPay$/m);
    expect(list).toMatch(/ good +12\.34 EUR +approved +registered$/m);
    const report = await till.fine('payments', 'report', '--terminal-total', '113.48');
    expect(report).toMatch(/^Debit EUR +count +amount$/m);
    expect(report).toMatch(/^approved +1 +12\.34$/m);
    expect(report).toContain('a gap of 101.14');
    expect(report.replaceAll(/\s+/g, ' ')).toContain('Order tip, 101.14: Nobody knows whether it was paid');
    for (const line of [...list.split('\n'), ...report.split('\n')]) expect(line.length).toBeLessThanOrEqual(80);
  });

  test('what was mistyped is named as it was typed, all of it at once', async () => {
    const { status, stderr } = await till.run(
      'payments',
      'report',
      '--date',
      '05/01/2026',
      '--terminal-total',
      '1,234.50',
    );
    expect(status).toBe(2);
    expect(stderr).toContain('--date: found "05/01/2026", expected a day such as 2026-01-05\n');
    expect(stderr).toContain('--terminal-total: found "1,234.50", expected an amount such as 1234.50');
    expect(stderr).not.toMatch(/charged|the till|terminal_total/);
  });

  test('a payment is shown by its id, or by its order: the one that counts', async () => {
    const byOrder = await till.fine('payments', 'show', 'good');
    expect(byOrder).toBe(await till.fine('payments', 'show', good));
    await till.pay({ amount: 100.02, order_id: 'tried' });
    await till.pay({ amount: 3, order_id: 'tried' });
    await till.pay({ amount: 100.02, order_id: 'tried' });
    const { stdout, stderr } = await till.run('payments', 'show', 'tried');
    expect(stdout).toMatch(/^outcome +approved$/m);
    expect(stderr).toContain('Order tried has had 2 payments');
    const nobody = await till.run('payments', 'show', 'nobody');
    expect([nobody.status, nobody.stderr]).toEqual([
      1,
      "There is neither a payment nor an order 'nobody': 'tp-manager payments list' shows what there is.\n",
    ]);
  });

  test('the same is read once the service was killed, and its files are left as they are', async () => {
    const online = await allThatIsRead();
    till.service.child.kill('SIGKILL');
    await till.service.exit;
    const before = footprint(till.folder);
    expect(await allThatIsRead()).toEqual(online);
    expect(footprint(till.folder)).toEqual(before);
    const { stderr } = await till.run('payments', 'list');
    expect(stderr).toContain('read straight from its journal');
  });

  test('what changes something needs the running service, and says so', async () => {
    const startsIt = `start it (npx tp-manager --config ${till.config})`;
    for (const args of [
      ['payments', 'resolve', tip, '--outcome', 'approved', '--note', 'ticket', '--by', 'Anna'],
      ['payments', 'resend', '--parked'],
      ['payments', 'resend', tip],
      ['payments', 'acknowledge', '1', '--note', 'ticket', '--by', 'Anna'],
    ]) {
      const { status, stderr } = await till.run(...args);
      expect([status, stderr]).toEqual([
        1,
        expect.stringContaining(
          `The service is not running, and only the running service changes payments: ${startsIt}`,
        ),
      ]);
    }
    const { status, stdout } = await till.run('status');
    expect([status, stdout.replaceAll(/\s+/g, ' ')]).toEqual([
      1,
      expect.stringMatching(
        `^The service is not running. Start it with: npx tp-manager --config ${till.config} - 1 payment`,
      ),
    ]);
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
