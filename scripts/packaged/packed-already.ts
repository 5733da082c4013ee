import { folders, root } from '../package/folders.ts';
import type { Checks } from './checks.ts';
import { run } from './stage.ts';

/** What lies in out/ is what these sources give: packing again finds nothing to do, and the checksums are those of the zips. */
export async function isPackedAlready(checks: Checks): Promise<void> {
  const { stdout } = await run(process.execPath, ['scripts/package/main.ts', 'linux'], { cwd: root });
  const found = [/executable made/g, /nothing of it has changed/g].map((words) => stdout.match(words)?.length ?? 0);
  checks.check('packed again, nothing is made anew', found.join() === '0,2', stdout);
  const sums = await run('sha256sum', ['--check', 'SHA256SUMS'], { cwd: folders.out }).catch((error) => error);
  checks.check(
    'SHA256SUMS is right',
    /^setup-concertv2-linux\.zip: OK$/m.test(sums.stdout) && sums.code === undefined,
    sums,
  );
}
