import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { remove, temporaryFolder } from '../../test/support/made-up-installation.ts';
import { runsAny } from './processes.ts';

// Elsewhere the machine does not tell.
const onLinux = process.platform === 'linux' ? test : test.skip;

onLinux('a program runs by its name, as long as it runs', async () => {
  const folder = temporaryFolder();
  const name = `daemon-${process.pid}`;
  symlinkSync('/bin/sh', join(folder, name));
  expect(runsAny([name])).toBe(false);
  // It ends with its standard input.
  const daemon = spawn(join(folder, name), ['-c', 'echo here; read line'], { stdio: ['pipe', 'pipe', 'inherit'] });
  await once(daemon.stdout, 'data');
  expect(runsAny(['other', name])).toBe(true);
  expect(runsAny(['other'])).toBe(false);
  daemon.stdin.end();
  await once(daemon, 'close');
  expect(runsAny([name])).toBe(false);
  await remove(folder);
});
