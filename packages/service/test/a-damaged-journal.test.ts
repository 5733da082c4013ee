import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { TillWithProgram } from './support/till-with-program.ts';
import { until } from './support/until.ts';

/** What is told of damage names the file, and what a person does about it. */
const SAYS_WHAT_TO_DO = /journal\.db.*tp-manager journal set-aside/s;

describe('a journal that was damaged while the service did not run', () => {
  let till: TillWithProgram;
  beforeEach(async () => {
    till = await TillWithProgram.open(() => ({}));
    await till.serve();
    await till.isPaid(1, 'order 1');
    // HiPay is not there, and what waits for it is read at each start: the old payment is one that it is not told of.
    expect((await till.pay(100.02, 'order 2')).told).toMatchObject({ outcome: 'refused' });
    await till.isPaid(3, 'order 3');
    till.service.child.kill('SIGKILL');
    await till.service.exit;
  });
  afterEach(() => till.close());

  const file = (name = 'journal.db') => join(till.folder, name);
  const run = (...args: string[]) => till.programs.run(...args, '--config', file('config.yml'));

  /** Changes a byte wherever this text stands (some of it may be left over), and gives all that the file holds now. */
  function damage(name: string, text: string): Buffer {
    const bytes = readFileSync(file(name));
    expect(bytes.includes(text)).toBe(true);
    for (let at = bytes.indexOf(text); at !== -1; at = bytes.indexOf(text)) bytes[at] = (bytes[at] ?? 0) ^ 1;
    writeFileSync(file(name), bytes);
    return bytes;
  }

  test('in its log: it is not started, and nothing is written over; set aside, it stays, and a new one begins', async () => {
    const left = damage('journal.db-wal', '"order 2"');
    const { status, stderr } = await run();
    expect({ status, stderr }).toEqual({ status: 1, stderr: expect.stringMatching(SAYS_WHAT_TO_DO) });
    expect(readFileSync(file('journal.db-wal')).equals(left)).toBe(true);

    const aside = await run('journal', 'set-aside', '--json');
    expect(aside).toMatchObject({ status: 0 });
    expect(readFileSync(`${JSON.parse(aside.stdout).aside}-wal`).equals(left)).toBe(true);
    await till.serve();
    await till.isPaid(4, 'order 4');
  });

  test('in an old payment: it is started, health says so, and all else is exported', async () => {
    // The log is moved into the file first, by a service that is stopped and not killed.
    await till.serve();
    till.service.child.kill('SIGTERM');
    await till.service.exit;
    damage('journal.db', '"order 2"');
    await till.serve();
    await until(async () => (await till.health()).problems.some((problem) => SAYS_WHAT_TO_DO.test(problem)));
    expect((await till.health()).status).not.toBe('failing');

    const shown = await run('payments', 'show', 'order 2');
    expect([shown.status, shown.stderr]).toEqual([
      1,
      expect.stringMatching(/^The journal cannot be read: .*payments export/s),
    ]);

    const { status, stdout, stderr } = await run('payments', 'export');
    expect(status).toBe(1);
    expect(stderr).toMatch(/fact 1 \(accepted\) of payment \w+ has a wrong checksum/);
    const accepted = stdout.split('\n').filter((line) => line.includes('"kind":"accepted"'));
    expect(accepted.map((line) => JSON.parse(line).order.orderId)).toEqual(['order 1', 'order 3']);

    await run('stop');
    expect(await run('journal', 'set-aside')).toMatchObject({ status: 0 });
    expect(readdirSync(till.folder).filter((name) => /^journal-.*\.db$/.test(name))).toHaveLength(1);
  });
});
