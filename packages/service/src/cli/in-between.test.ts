import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import type { Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '@hipay-ecr/simulator/demo/free-port.ts';
import { DataFolderLock, isWorkedOn } from '../journal/data-folder-lock.ts';
import { http } from '../node-http.ts';
import type { CliWorld } from './cli-world.ts';
import { Connection } from './connection.ts';
import { statusCommand } from './status-command.ts';
import { stopCommand } from './stop-command.ts';

const SERVICE = { pid: 4711, since: '2026-01-05T09:00:00.000Z' };

/** A service has its data folder before it has its port, and after. What happens meanwhile happens in the commands' pauses. */
describe('between two states', () => {
  let folder: string;
  let port: number;
  let lock: DataFolderLock;
  let server: Server;
  let printed: string[];
  let pauses: number;
  let meanwhile: (pause: number) => void | Promise<void>;
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'in-between-'));
    server = http.createServer((_, response) => response.end('{"stopped":true}'));
    port = await freePort();
    lock = DataFolderLock.take(folder, SERVICE);
    [printed, pauses, meanwhile] = [[], 0, () => {}];
  });
  afterEach(async () => {
    lock.release();
    if (server.listening) await closed();
    rmSync(folder, { recursive: true });
  });

  async function serving(): Promise<void> {
    await once(server.listen(port, '127.0.0.1'), 'listening');
  }
  async function closed(): Promise<void> {
    server.close();
    await once(server, 'close');
  }
  function world(): CliWorld {
    const served = { port, credentials: { username: 'log', password: 'pwd' } };
    const used: Partial<CliWorld> = {
      installation: async () => ({ served, dataFolder: folder, paymentTimeoutMs: 180_000 }),
      ...{ program: 'tp-manager', configFile: () => join(folder, 'config.yml'), asJson: () => false },
      print: (text) => printed.push(text),
      pause: async () => meanwhile(++pauses),
    };
    return used as CliWorld;
  }
  const said = () => printed.join(' ').replaceAll(/\s+/g, ' ');
  const ask = () => Connection.with(world(), (connection) => connection.ask({ method: 'GET', path: '/version' }));

  test('one that starts is asked once it serves', async () => {
    meanwhile = async (pause) => {
      if (pause === 2) await serving();
    };
    expect(await ask()).toMatchObject({ status: 200 });
  });

  test('one that ends is down once it has left', async () => {
    meanwhile = (pause) => {
      if (pause === 2) lock.release();
    };
    expect(await ask()).toBe('down');
    expect(isWorkedOn(folder)).toBe(false);
  });

  test('stop ends what is just starting', async () => {
    meanwhile = async (pause) => {
      if (pause === 1) await serving();
      if (pause === 2) await closed();
      if (pause === 3) lock.release();
    };
    expect(await stopCommand({}, world())).toBe(0);
    expect(said()).toBe('The service has stopped.');
  });

  test('stop comes back once the next start finds the data folder free, which is later than the port is closed', async () => {
    await serving();
    meanwhile = async (pause) => {
      if (pause === 1) await closed();
      if (pause === 4) lock.release();
    };
    expect(await stopCommand({}, world())).toBe(0);
    expect(said()).toBe('The service has stopped.');
    DataFolderLock.take(folder, SERVICE).release();
  });

  test('stop has done its work where a launch has started another one meanwhile', async () => {
    await serving();
    meanwhile = async () => {
      lock.release();
      lock = DataFolderLock.take(folder, { ...SERVICE, pid: 4712 });
    };
    expect(await stopCommand({}, world())).toBe(0);
    expect([said(), pauses]).toEqual(['The service has stopped.', 1]);
  });

  test('where it stays so, nobody is told that it is not running', async () => {
    expect(await statusCommand(world())).toBe(1);
    expect(said()).toMatch(/^The service does not answer, and process 4711 has its data folder: .* Ask again/);
    await expect(stopCommand({}, world())).rejects.toThrow('process 4711 has its data folder');
    const changed = Connection.with(world(), (connection) => connection.change('/payments/x/resend', {}));
    await expect(changed).rejects.toThrow('process 4711 has its data folder');
  });
});
