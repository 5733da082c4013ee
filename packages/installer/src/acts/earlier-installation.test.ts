import { mkdir, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { remove, temporaryFolder } from '../../test/support/made-up-installation.ts';
import { earlierInstallation } from './earlier-installation.ts';
import { type Place, placeOf } from './place.ts';

let folder: string;
let place: Place;
let server: Server;
beforeEach(async () => {
  folder = temporaryFolder();
  place = placeOf(folder, process.platform, 'delivery');
  await mkdir(place.dataFolder, { recursive: true });
});
afterEach(async () => {
  server.close();
  await remove(folder);
});

/** Somebody who gives this answer to every question at a port of its own. */
async function answering(status: number, body: unknown): Promise<number> {
  server = createServer((_request, response) => {
    response.writeHead(status, { 'content-type': 'application/json', connection: 'close' });
    response.end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as { port: number }).port;
}

const configOf = (port: number) => `local_port: ${port}\napi_username: log\napi_password: pwd\n`;

test.each([
  ['another program', 200, { hello: 'world' }],
  ['a program without JSON', 200, 'version'],
  ["another till's tp-manager, which knows no such password", 401, { errorCode: '1101' }],
  ['one that fails', 500, { version: '1.0.0-concertv2-linux' }],
])('%s at the configured port is not this installation: its port is not ours to keep', async (_who, status, body) => {
  const configText = configOf(await answering(status, body));
  await writeFile(place.configFile, configText);
  expect(await earlierInstallation(folder)).toEqual({ configText });
});

test('the service says itself at which port it is, where config.yml was changed since', async () => {
  const port = await answering(200, { version: '1.0.0-concertv2-linux' });
  await writeFile(place.configFile, configOf(9));
  await writeFile(place.runningFile, JSON.stringify({ pid: process.pid, port, since: 'now' }));
  expect(await earlierInstallation(folder)).toEqual({ configText: configOf(9), runningPort: port });
});
