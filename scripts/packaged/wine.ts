import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, existsSync, openSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { stdioWithoutPtys } from '../../packages/simulator/src/lines/pty-descriptors.ts';
import { root } from '../package/folders.ts';

const makeChroot = fileURLToPath(new URL('wine-chroot.sh', import.meta.url));
/** In a mount namespace of its own, which ends with it: nothing stays mounted. */
const IN_CHROOT = 'mount --rbind /dev "$0/dev" && mount -t proc proc "$0/proc" && exec chroot "$0" "$@"';
const ENVIRONMENT = [
  'HOME=/root',
  'PATH=/usr/bin:/bin',
  'WINEARCH=win64',
  'WINEDEBUG=-all',
  'WINEDLLOVERRIDES=mscoree=;mshtml=',
];

/** Wine 10 in a Debian trixie of its own (wine-chroot.sh). Its programs see `folder` as Z:\. */
export class Wine {
  readonly folder = join(root, '.cache', 'wine');
  /** Wine's programs fail on pipes (EBADF at the first line): they write into a file. */
  readonly #log = `${this.folder}.output`;

  async prepare(): Promise<void> {
    await ended(spawn(makeChroot, [this.folder], { stdio: 'inherit' }));
    const prepared = join(this.folder, 'prepared');
    if (existsSync(prepared)) return;
    await this.run('wineboot', '-i');
    // Node 24 wants Windows 10.
    await this.run('wine', 'reg', 'add', String.raw`HKCU\Software\Wine`, '/v', 'Version', '/d', 'win10', '/f');
    await writeFile(prepared, '');
  }

  /** Binds COM7 to a device of this machine, as a path within the chroot. */
  async bindPort(path: string): Promise<void> {
    await this.run('wine', 'reg', 'add', String.raw`HKLM\Software\Wine\Ports`, '/v', 'COM7', '/d', path, '/f');
    await this.stop();
  }

  /** Ends every program in it. */
  async stop(): Promise<void> {
    await this.run('wineserver', '-k');
    await this.run('wineserver', '-w');
  }

  start(...words: string[]): ChildProcess {
    const log = openSync(this.#log, 'a');
    try {
      const chroot = ['sh', '-c', IN_CHROOT, this.folder, 'env', '-i', ...ENVIRONMENT, ...words];
      return spawn('unshare', ['--mount', '--propagation', 'private', ...chroot], {
        stdio: stdioWithoutPtys(['ignore', log, log]),
      });
    } finally {
      closeSync(log);
    }
  }

  async run(...words: string[]): Promise<{ status: number; output: string }> {
    const before = existsSync(this.#log) ? readFileSync(this.#log, 'utf8').length : 0;
    const status = await ended(this.start(...words));
    return { status, output: readFileSync(this.#log, 'utf8').slice(before) };
  }

  /** The processes of this machine that run the program, which is what ends its path. */
  processes(program: string): number[] {
    return readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .filter((pid) => {
        try {
          const isInside = readlinkSync(`/proc/${pid}/root`) === this.folder;
          return isInside && readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0')[0]?.endsWith(program);
        } catch {
          return false;
        }
      })
      .map(Number);
  }
}

function ended(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    child.on('error', reject).on('exit', (status) => resolve(status ?? 1));
  });
}
