import { closeSync, mkdirSync, mkdtempSync, openSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseConfig } from '@hipay-ecr/shared/config/parse-config.ts';
import { writeConfig } from '../test/support/programs.ts';
import type { ServiceLog } from './log.ts';
import { daysBefore, logFolderOf } from './logging/log-folder.ts';
import { localDayOf } from './logging/log-text.ts';
import { openLog } from './open-log.ts';

let folder: string;
let descriptor: number;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'open-log-'));
  descriptor = openSync(join(folder, 'console'), 'a');
});
afterEach(() => {
  closeSync(descriptor);
  rmSync(folder, { recursive: true });
});

/** The log of a service whose config.yml says this too. */
async function opened(more: string): Promise<ServiceLog> {
  const text = readFileSync(await writeConfig(folder, { port: 8080 }), 'utf8');
  const parsed = parseConfig(`${text}${more}\n`, {});
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  const output = { fd: descriptor, isTTY: false, write: () => true };
  const process = { stdout: output, stderr: output, env: {}, on: () => process } as unknown as NodeJS.Process;
  return openLog(parsed.config, folder, process);
}

const logged = () => {
  const folderOfLog = logFolderOf(folder);
  return readdirSync(folderOfLog).flatMap((name) => readFileSync(join(folderOfLog, name), 'utf8'));
};

test.each([
  ['error', ['ERROR']],
  ['warn', ['ERROR', 'WARN']],
  ['info', ['ERROR', 'WARN', 'INFO']],
  ['debug', ['ERROR', 'WARN', 'INFO', 'DEBUG']],
])('log_level %s: so much is logged, in the file and on the console', async (level, said) => {
  const log = await opened(`log_level: ${level}`);
  for (const severity of ['error', 'warn', 'info', 'debug'] as const) log[severity]('It happened.');
  await log.close();
  for (const text of [logged().join(''), readFileSync(join(folder, 'console'), 'utf8')]) {
    expect(text.match(/ERROR|WARN|INFO|DEBUG/g)?.toSorted()).toEqual(said.toSorted());
  }
});

test('log_days: files of that many days are kept', async () => {
  const today = localDayOf(Date.now());
  const fileOf = (days: number) => `tp-manager-${daysBefore(today, days)}.log`;
  mkdirSync(logFolderOf(folder));
  for (const days of [1, 2, 4, 40]) writeFileSync(join(logFolderOf(folder), fileOf(days)), 'x\n');
  const log = await opened('log_days: 2');
  log.info('It happened.');
  await log.close();
  const kept = readdirSync(logFolderOf(folder));
  expect(kept).toEqual(expect.arrayContaining([fileOf(1)]));
  expect(kept.filter((name) => name === fileOf(4) || name === fileOf(40))).toEqual([]);
});

test('what the configuration holds as secret is in no line', async () => {
  const log = await opened('hipay_hash_key: "key of the hash"');
  log.error('It said key of the hash, Test_hipay_password and pwd.');
  await log.close();
  expect(logged().join('')).toMatch(/It said \[hidden\], \[hidden\] and \[hidden\]\.\n$/);
});
