import assert from 'node:assert/strict';
import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { until } from '../packaged/until.ts';
import { Wine } from './wine.ts';

// Runs the delivered scripts for Windows under Wine (Debian's packages wine and gcc-mingw-w64-x86-64), with stand-ins for the programs.
// What Wine 8 has not is not exercised: PowerShell, files that only one may open, a pipe after cd (by which launch.cmd learns whether the
// service runs), the Task Scheduler.

const checkout = fileURLToPath(new URL('../../', import.meta.url));
const wine = new Wine(mkdtempSync(join(tmpdir(), 'under-wine-')));
wine.compile('tp-manager.c', 'tp-manager.exe');
let checks = 0;
let shop = '';
let data = '';

/** An installation of its own for each check: Wine 8 lets two keep one service up, and the second may begin late. */
function layOut(): void {
  shop = `the till's folder ${++checks}`;
  data = wine.folder(`${shop}/hipay/ecr-connector/bin/data`);
  copyFileSync(join(wine.drive, 'tp-manager.exe'), join(data, '..', 'tp-manager.exe'));
  const deliver = (script: string, to: string) =>
    copyFileSync(join(checkout, 'packages/installer/delivered', script), join(to, script));
  for (const script of ['launch.cmd', 'always-up.cmd']) deliver(script, join(wine.drive, shop));
  deliver('keep-up.cmd', join(data, '..'));
}

const read = (name: string) => {
  try {
    return readFileSync(join(data, name), 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    return '';
  }
};
const write = (name: string, text = '') => writeFileSync(join(data, name), text);
const starts = () => read('starts').split('\r\n').filter(Boolean);
// From another folder, as cron and the Task Scheduler do.
const launch = (options: string[], env?: NodeJS.ProcessEnv) =>
  wine.run('windows', [`C:\\${shop}\\launch.cmd`, ...options], env);
const alwaysUp = () => wine.run('windows', [`C:\\${shop}\\always-up.cmd`]);

const untilItIs = (what: string, isSo: () => boolean) => until(what, () => isSo() || undefined);

async function check(what: string, act: () => Promise<void>): Promise<void> {
  layOut();
  await act();
  console.log(`fine: ${what}`);
}

try {
  await check('an unknown option: status 2, and how it is used', async () => {
    const { status, said } = await launch(['--bad']);
    assert.equal(status, 2, said);
    assert.match(said, /Usage: launch\.cmd/);
  });
  await check('status 0: stopped, and stays so; no options of Node', async () => {
    write('behaviour', 'exit 0');
    assert.equal((await launch(['--foreground'], { NODE_OPTIONS: '--title=theirs' })).status, 0);
    assert.deepEqual(starts(), ['start NODE_OPTIONS=']);
    assert.match(read('launch.log'), /launch: tp-manager has stopped\./);
  });
  await check('status 2: says so, and does not try again', async () => {
    write('behaviour', 'exit 2');
    assert.equal((await launch(['--foreground'])).status, 2);
    assert.equal(starts().length, 1);
    assert.match(read('launch.log'), /cannot start with this configuration/);
  });
  await check('one that does not serve yet is not asked, which would have the journal read each second', async () => {
    write('behaviour', 'exit 1');
    const launched = launch([]);
    await untilItIs('it has failed', () => read('launch.log').includes('failure 2 in a row'));
    write('hold');
    assert.equal((await launched).status, 1);
    assert.equal(read('asked'), '');
  });
  await check('one that fails: tried less and less often, until it is held', async () => {
    write('behaviour', 'exit 1');
    const launched = launch(['--foreground']);
    await untilItIs('six failures', () => read('launch.log').includes('failure 6 in a row'));
    write('hold');
    assert.equal((await launched).status, 0);
    const delays = [...read('launch.log').matchAll(/again in (\d+) s/g)].map(([, seconds]) => seconds);
    assert.deepEqual(delays, ['1', '1', '1', '1', '1', '5']);
  });
  await check('one that had served: started again at once, as often as it crashes', async () => {
    write('behaviour', 'crash');
    const launched = launch(['--foreground']);
    await untilItIs('four starts', () => starts().length >= 4);
    write('hold');
    await launched;
    assert.doesNotMatch(read('launch.log'), /failure [2-9]/);
  });
  await check('always-up: starts it, not while it is held; launch ends that', async () => {
    write('hold');
    assert.equal((await alwaysUp()).status, 0);
    assert.deepEqual(starts(), []);
    assert.equal((await launch([])).status, 0);
    assert(!existsSync(join(data, 'hold')));
    assert.equal((await alwaysUp()).status, 0);
    await untilItIs('it serves', () => read('tp-manager.running.json') !== '');
    write('stop');
    await untilItIs('it stops', () => read('launch.log').includes('has stopped'));
  });
  await check('launch: one that runs is left alone; one that stops is waited for, and another follows', async () => {
    write('behaviour', 'pay');
    write('pay');
    assert.equal((await launch([])).said.trim(), 'tp-manager runs.');
    assert.equal((await launch([])).said.trim(), 'tp-manager runs already.');
    write('complaint');
    assert.match((await launch([])).said, /tp-manager runs already\.\s+config\.yml was changed\s*$/);
    write('stop');
    await untilItIs('it is stopping', () => read('tp-manager.running.json').includes('stopping'));
    rmSync(join(data, 'stop'));
    const launched = launch([]);
    // Long enough for one that does not wait to have started another, or to have said that it runs.
    await Promise.race([pause(5_000), launched]);
    assert.equal(starts().length, 1, 'it does not wait');
    rmSync(join(data, 'pay'));
    const { status, said } = await launched;
    assert.equal(status, 0, said);
    assert.match(said, /stops once what it has begun is over.*630 s at most\.\s+tp-manager runs\.\s*$/s);
    assert.equal(starts().length, 2);
    write('stop');
    await untilItIs('both stop', () => read('launch.log').match(/has stopped/g)?.length === 2);
  });
  await check('what a service that was cut off left behind is not waited for', async () => {
    write('behaviour', 'exit 2');
    write('tp-manager.running.json', '{"pid":1,"port":1,"stopping":true}');
    write('cut-off');
    const { status, said } = await launch([]);
    assert.equal(status, 1, said);
    assert.doesNotMatch(said, /stops once/);
  });
  await check('setup.cmd: starts what is beside it, with all arguments', async () => {
    copyFileSync(join(checkout, 'setup.cmd'), join(wine.folder('un zipped'), 'setup.cmd'));
    const alone = await wine.run('un zipped', ['.\\setup.cmd']);
    assert.equal(alone.status, 2);
    assert.match(alone.said, /unzip the whole delivery/);
    wine.compile('setup.c', 'un zipped/setup.exe');
    const ran = await wine.run('un zipped', ['.\\setup.cmd', '--folder', 'C:\\my shop', '--yes']);
    assert.deepEqual(ran, { status: 130, said: '[--folder][C:\\my shop][--yes]' });
  });
} finally {
  wine.close();
}
