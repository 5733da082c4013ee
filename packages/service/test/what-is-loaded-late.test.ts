import { readdirSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadHttpClient } from '../src/gateway/http-client.ts';
import { type Loaders, startService } from '../src/service.ts';
import { systemClock } from '../src/system-clock.ts';
import { testConfig } from './support/house.ts';
import { recordingLog } from './support/recording-log.ts';
import { until } from './support/until.ts';

let dataFolder: string;
beforeEach(async () => {
  dataFolder = await mkdtemp(join(tmpdir(), 'loaded-late-'));
});
afterEach(() => rm(dataFolder, { recursive: true }));

function start(load: Partial<Loaders> = {}) {
  const about = { dataFolder, version: '1.0.0-concertv2-linux', pid: 1 };
  return startService(testConfig({}), { ...about, clock: systemClock, log: recordingLog(), load });
}

test('what requests to HiPay need is loaded after the start, before there is any request', async () => {
  let loads = 0;
  const service = await start({
    httpClient: (proxy) => {
      loads += 1;
      return loadHttpClient(proxy);
    },
  });
  await until(() => loads > 0);
  service.stop('test');
  await service.stopped;
  expect(loads).toBe(1);
});

test('where HTTP cannot be loaded, the journal is closed before the data folder is let go', async () => {
  const cause = new Error('no file descriptors left');
  await expect(start({ app: () => Promise.reject(cause) })).rejects.toBe(cause);
  // SQLite takes its log away as the last one closes the file.
  expect(readdirSync(dataFolder)).toContain('journal.db');
  expect(readdirSync(dataFolder)).not.toContain('journal.db-wal');
  const service = await start();
  service.stop('test');
  await service.stopped;
});
