import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { journalOver } from '../src/journal/journal.ts';
import { journalFile } from '../src/journal/journal-files.ts';
import { SqliteStore } from '../src/journal/sqlite-store.ts';
import { systemClock } from '../src/system-clock.ts';
import { TillWithCommands } from './support/till-with-commands.ts';
import { until } from './support/until.ts';

describe('the commands beside the service', () => {
  let till: TillWithCommands;
  let tip: string;
  beforeAll(async () => {
    till = await TillWithCommands.open();
    await till.serve();
    tip = await till.paid({ amount: 100.14, order_id: 'tip' });
  });
  afterAll(() => till.close());

  test.each([
    ['payments resolve', ['PAYMENT', '--outcome', '--note', '--by']],
    ['payments acknowledge', ['ORPHAN', '--note', '--by']],
  ])('%s without anything: all that is missing is named at once, and what to give', async (command, names) => {
    const { status, stderr } = await till.run(...command.split(' '));
    expect(status).toBe(2);
    const lines = stderr.trimEnd().split('\n');
    expect(lines.slice(0, -1).map((line) => line.split(' is missing: give ', 1)[0])).toEqual(names);
    expect(lines.at(-1)).toBe(`Nothing was done. 'tp-manager ${command} --help' tells what it takes.`);
  });

  test('a number of an answer that is none: it is said where they stand', async () => {
    const { status, stderr } = await till.run('payments', 'acknowledge', 'XXX', '--note', 'n', '--by', 'Anna');
    expect([status, stderr]).toEqual([2, expect.stringContaining("'tp-manager payments orphans' shows")]);
  });

  test('an answer that belongs to nobody is listed, and acknowledged once somebody has looked at it', async () => {
    till.service.child.kill('SIGKILL');
    await till.service.exit;
    expect(await till.fine('payments', 'orphans')).toBe('There are no such answers.\n');
    const journal = journalOver(new SqliteStore(journalFile(till.folder), 'writer'), systemClock);
    const device = { port: till.terminal.path, identity: till.terminal.path };
    await journal.appendOrphan({ bytesMasked: '01000000500B978ABCDEFGHIJ', why: 'nobody asked for it', device });
    await journal.close();
    await till.serve();
    expect(await till.fine('status')).toMatch(/, 1 orphan$/m);
    const open = await till.fine('payments', 'orphans', '--open');
    expect(open).toMatch(/^ +1 \d\d-\d\d \d\d:\d\d approved 5\.00 EUR no$/m);
    expect(open.replaceAll(/\s+/g, ' ')).toContain('tp-manager payments acknowledge ORPHAN');
    for (const line of open.split('\n')) expect(line.length).toBeLessThanOrEqual(80);

    const said = await till.fine('payments', 'acknowledge', '1', '--note', 'given back in cash', '--by', 'Anna');
    expect(said).toMatch(/ by Anna: given back in cash$/m);
    expect(await till.fine('payments', 'orphans', '--open')).toBe('There are no such answers.\n');
    expect(await till.json('payments', 'orphans')).toMatchObject({
      items: [{ orphanId: 1, acknowledged: { by: 'Anna' } }],
    });
    expect(await till.fine('status')).toContain('0 orphans');
    expect(await till.fine('payments', 'export')).toContain('"note":"given back in cash"');
    for (const [orphan, status] of [
      ['1', 1],
      ['2', 1],
      ['x', 2],
    ] as const) {
      expect((await till.run('payments', 'acknowledge', orphan, '--note', 'x', '--by', 'Bea')).status).toBe(status);
    }
  });

  test('a person settles with the command; HiPay gets what was taken', async () => {
    const resolve = (payment: string, outcome: string, by: string) =>
      ['payments', 'resolve', payment, '--outcome', outcome, '--note', 'the ticket', '--by', by] as const;
    const wrong = await till.run(...resolve(tip, 'maybe', 'Anna'));
    expect([wrong.status, wrong.stderr]).toEqual([2, expect.stringContaining('--outcome: found "maybe"')]);
    const nobody = await till.run(...resolve('nobody', 'approved', 'Anna'));
    expect([nobody.status, nobody.stderr]).toEqual([1, expect.stringContaining('nor an order of that name')]);
    const text = await till.fine(...resolve('tip', 'approved', 'Anna'));
    expect(text).toMatch(/^settled +approved by Anna.*the ticket$/m);
    await until(() => till.gateway.orders().length === 1);
    expect(till.gateway.orders()).toMatchObject([{ orderId: 'tip', amount: '101.14' }]);
    const again = await till.run(...resolve(tip, 'refused', 'Bea'));
    expect([again.status, again.stderr]).toEqual([1, expect.stringMatching(/approved by Anna.*--replaces \d+/)]);
  });

  test('an order that has had several payments: which one is meant must be said', async () => {
    const ids = [
      await till.paid({ amount: 100.02, order_id: 'twice' }),
      await till.paid({ amount: 100.02, order_id: 'twice' }),
    ];
    for (const command of [['resolve', '--outcome', 'approved', '--note', 'n', '--by', 'Anna'], ['resend']]) {
      const [name = '', ...options] = command;
      const { status, stderr } = await till.run('payments', name, 'twice', ...options);
      expect([status, stderr]).toEqual([1, expect.stringContaining('Order twice has had several payments')]);
      for (const id of ids) expect(stderr).toMatch(new RegExp(`^${id} .* twice +100\\.02 EUR refused$`, 'm'));
    }
  });

  test('all facts as lines of JSON, in a file for its owner alone', async () => {
    const file = join(till.folder, 'facts.jsonl');
    expect(await till.fine('payments', 'export', '--output', file)).toMatch(/^\d+ facts written to /);
    const facts = readFileSync(file, 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(facts.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['accepted', 'asked', 'answered', 'settled']));
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const { status, stderr } = await till.run('payments', 'export', '--output', join(till.folder, 'none', 'x'));
    expect([status, stderr]).toEqual([1, expect.stringContaining('cannot be written')]);
  });
});
