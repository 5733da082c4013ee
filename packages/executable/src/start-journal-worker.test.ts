import { spawnSync } from 'node:child_process';
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const folder = realpathSync(mkdtempSync(join(tmpdir(), 'journal-worker-')));
afterAll(() => rmSync(folder, { recursive: true }));

/** Stands for the executable around the program: what the thread gets from it opens a file, and ends. */
const EXECUTABLE = `
  require('node:sea').getAsset = () => "require('node:fs').openSync(" + JSON.stringify(__filename) + ", 'r')";`;

/** Begins a thread, and tells what is open once it has ended. */
const PROGRAM = `
  import { startJournalWorker } from ${JSON.stringify(new URL('start-journal-worker.ts', import.meta.url).href)};
  import { readdirSync, readlinkSync } from 'node:fs';
  const targetOf = (handle) => { try { return readlinkSync('/proc/self/fd/' + handle); } catch { return ''; } };
  startJournalWorker().once('exit', () => console.log(readdirSync('/proc/self/fd').map(targetOf).join('\\n')));`;

const onLinux = process.platform === 'linux' ? test : test.skip;

onLinux('what a thread has opened stays open: closing it would give away the locks of the journal’s others', () => {
  const executable = join(folder, 'executable.cjs');
  writeFileSync(executable, EXECUTABLE);
  const program = join(folder, 'program.mjs');
  writeFileSync(program, PROGRAM);
  const { stdout, stderr } = spawnSync(process.execPath, ['--require', executable, program], { encoding: 'utf8' });
  expect(stderr).toBe('');
  expect(stdout.split('\n')).toContain(executable);
});
