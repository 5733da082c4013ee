import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdirSync, openSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** How one command ended, and what it said. */
export interface Ran {
  status: number | null;
  said: string;
}

/** A Windows of Wine's in a folder of its own, without PowerShell: Wine's does nothing and says that it did. */
export class Wine {
  readonly drive: string;
  readonly #folder: string;
  readonly #env: NodeJS.ProcessEnv;

  constructor(folder: string) {
    this.#folder = folder;
    const prefix = join(folder, 'prefix');
    this.drive = join(prefix, 'drive_c');
    // Wine takes its own empty findstr.exe otherwise, whatever stands in its place.
    const quiet = { WINEDLLOVERRIDES: 'mscoree=;mshtml=;findstr.exe=n', WINEDEBUG: '-all' };
    this.#env = { ...process.env, WINEPREFIX: prefix, WINEARCH: 'win64', ...quiet };
    execFileSync('wineboot', ['-i'], { env: this.#env, stdio: 'ignore' });
    rmSync(join(this.drive, 'windows/system32/WindowsPowerShell'), { recursive: true, force: true });
    this.compile('findstr.c', 'windows/system32/findstr.exe');
  }

  /** Compiles one of the stand-ins to this place below C:. */
  compile(source: string, target: string): void {
    const file = join(this.drive, target);
    rmSync(file, { force: true });
    const path = fileURLToPath(new URL(source, import.meta.url));
    execFileSync('x86_64-w64-mingw32-gcc', ['-O1', '-Wall', '-Werror', '-o', file, path]);
  }

  folder(path: string): string {
    const made = join(this.drive, path);
    mkdirSync(made, { recursive: true });
    return made;
  }

  /** Runs a command of cmd.exe in a folder below C:. Wine's programs write into files, not into pipes. */
  async run(folder: string, words: string[], environment: NodeJS.ProcessEnv = {}): Promise<Ran> {
    const log = join(this.#folder, `said-${process.hrtime.bigint()}.txt`);
    const output = openSync(log, 'w');
    const child = spawn('wine', ['cmd', '/c', ...words], {
      cwd: join(this.drive, folder),
      env: { ...this.#env, ...environment },
      stdio: ['ignore', output, output],
      timeout: 60_000,
    });
    const [status] = (await once(child, 'exit')) as [number | null];
    closeSync(output);
    return { status, said: readFileSync(log, 'utf8') };
  }

  /** Ends whatever still runs in it, and takes it away. */
  close(): void {
    execFileSync('wineserver', ['-k', '-w'], { env: this.#env, stdio: 'ignore' });
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
