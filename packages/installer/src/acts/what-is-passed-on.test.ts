import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run, startInBackground, startListener } from './processes.ts';

const onUnix = process.platform === 'win32' ? describe.skip : describe;
const KEPT_BACK = ['NODE_OPTIONS', 'HIPAY_PASSWORD', 'TP_MANAGER_API_PASSWORD', 'HIPAY_USERNAME'];

onUnix('what the setup starts', () => {
  let folder: string;
  let log: string;
  const before = { ...process.env };
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'passed-on-'));
    log = join(folder, 'log');
    for (const name of KEPT_BACK) process.env[name] = `the setup's own ${name}`;
    process.env.PASSED_ON = 'this';
  });
  afterEach(() => {
    for (const name of [...KEPT_BACK, 'PASSED_ON']) {
      if (before[name] === undefined) delete process.env[name];
      else process.env[name] = before[name];
    }
    rmSync(folder, { recursive: true });
  });

  const namesIn = (text: string) => text.split('\n').map((line) => line.split('=')[0] ?? '');

  test.each([
    ['by a command', async () => (await run('env', [])).output],
    [
      'in the background',
      async () => {
        await startInBackground('env', [], log).ended;
        return readFileSync(log, 'utf8');
      },
    ],
    [
      'as a listener',
      async () => {
        // `cat` ends with its standard input, and so says that `env` has spoken.
        const { ended } = startInBackground('sh', ['-c', `mkfifo ${folder}/ended`], log);
        await ended;
        const end = startListener('sh', ['-c', `env; cat >${folder}/ended`], log);
        end('over');
        await run('cat', [`${folder}/ended`]);
        return readFileSync(log, 'utf8');
      },
    ],
  ])('%s has the environment, but no options of Node and no passwords', async (_how, started) => {
    const names = namesIn(await started());
    expect(names).toContain('PASSED_ON');
    expect(names.filter((name) => KEPT_BACK.includes(name))).toEqual([]);
  });
});
