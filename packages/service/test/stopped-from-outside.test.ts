import { once } from 'node:events';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { flip } from '../src/journal/journal-on-disk.fixture.ts';
import { TillWithCommands } from './support/till-with-commands.ts';

describe('the commands beside the service', () => {
  let till: TillWithCommands;
  beforeAll(async () => {
    till = await TillWithCommands.open();
    await till.serve();
  });
  afterAll(() => till.close());

  test('stop --hold: the service has ended when the command has, and always-up is told', async () => {
    expect(await till.fine('stop', '--hold')).toBe('The service has stopped.\n');
    expect(await till.service.exit).toBe(0);
    expect(existsSync(join(till.folder, 'hold'))).toBe(true);
    expect(await till.fine('stop')).toBe('The service was not running.\n');
    expect(JSON.parse((await till.run('status', '--json')).stdout)).toMatchObject({ running: false, held: true });
  });

  test('stop, where another program has the port: that is not stopped, and how launch is kept from trying on', async () => {
    const other = createServer((_request, response) => response.writeHead(404).end()).listen(till.port, '127.0.0.1');
    await once(other, 'listening');
    rmSync(join(till.folder, 'hold'));
    const stopped = await till.run('stop');
    expect([stopped.status, stopped.stderr]).toEqual([
      1,
      expect.stringContaining("'tp-manager stop --hold' ends that"),
    ]);
    expect(existsSync(join(till.folder, 'hold'))).toBe(false);
    const held = await till.run('stop', '--hold');
    expect([held.status, held.stderr]).toEqual([1, expect.stringContaining('does not try again')]);
    expect(existsSync(join(till.folder, 'hold'))).toBe(true);
    other.close();
    await once(other, 'close');
  });

  test('rule 19: set-aside: not while the service works, not where nothing is damaged', async () => {
    const intact = await till.run('journal', 'set-aside');
    expect([intact.status, intact.stderr]).toEqual([1, expect.stringContaining('--even-intact')]);
    await till.serve();
    const working = await till.run('journal', 'set-aside', '--even-intact');
    expect([working.status, working.stderr]).toEqual([1, expect.stringContaining('stop it first')]);
    await till.fine('stop');
    writeFileSync(join(till.folder, 'journal.db'), 'no journal at all');
    const listed = await till.run('payments', 'list');
    expect([listed.status, listed.stderr]).toEqual([1, expect.stringContaining("'tp-manager payments export' saves")]);
    expect(listed.stderr).not.toContain('be written');
    const damaged = till.programs.start('--config', till.config);
    expect(await damaged.exit).toBe(1);
    expect(damaged.stderr).toContain('tp-manager journal set-aside');
    const { aside } = await till.json('journal', 'set-aside');
    expect(readFileSync(aside, 'utf8')).toBe('no journal at all');
    await till.serve();
    expect((await till.json('payments', 'list')).items).toEqual([]);
  });

  test('rule 19: rebuild-index: not while the service works; what was paid is known again, as it was', async () => {
    const paymentId = await till.paid({ amount: 12, order_id: 'paid' });
    const working = await till.run('journal', 'rebuild-index');
    expect([working.status, working.stderr]).toEqual([1, expect.stringContaining('stop it first')]);
    await till.fine('stop');
    flip(till.folder, 'payment_by_order', 'approved');
    const { aside, payments, wasIntact } = await till.json('journal', 'rebuild-index');
    expect([payments, existsSync(aside), wasIntact]).toEqual([1, true, false]);
    await till.serve();
    expect((await till.pay({ amount: 12, order_id: 'paid' })).body).toMatchObject({ replayed: true, paymentId });
    await till.fine('stop');
    const rebuilt = (await till.fine('journal', 'rebuild-index')).replaceAll(/\s+/g, ' ');
    expect(rebuilt).toContain(
      'The index of 1 payment was derived from its facts again, though nothing was wrong with it',
    );
    rmSync(join(till.folder, 'journal.db'));
    const none = await till.run('journal', 'rebuild-index');
    expect([none.status, none.stderr]).toEqual([1, expect.stringContaining('There is no journal at')]);
  });
});
