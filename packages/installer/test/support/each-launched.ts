import { type ChildProcess, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { Launched } from './launched.ts';

/** The installation of the test that runs, and what it has started beside it. */
export let till: Launched;
export let others: ChildProcess[];

// Linux's own processes are looked at; launch.cmd is for Windows.
const onLinux = process.platform === 'linux' ? describe : describe.skip;

/** Tests of the delivered launch.sh, with an installation for each. */
export function describeLaunch(tests: () => void): void {
  onLinux('launch.sh', () => {
    beforeEach(() => {
      others = [];
      till = new Launched();
    });
    afterEach(async () => {
      for (const other of others) {
        if (other.exitCode !== null || other.signalCode !== null) continue;
        const gone = once(other, 'exit');
        other.kill('SIGKILL');
        await gone;
      }
      await till.clear();
    });
    tests();
  });
}

export function isLocked(file: string): boolean {
  return spawnSync('flock', ['--nonblock', file, 'true']).status === 1;
}
