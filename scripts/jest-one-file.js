import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = join(root, '.cache', 'one-file');
/** Longer than any run. */
const KEPT_MS = 24 * 60 * 60 * 1_000;

/** Packages that are no modules have these; that of serialport stays outside, since it looks for its native part beside itself. */
const banner = `import { createRequire as requireAt } from 'node:module';
const require = requireAt(import.meta.url), __filename = import.meta.filename, __dirname = import.meta.dirname;`;

/** The program that the stories start, and the setup before which they sit down, on a made-up till. */
const programs = [
  {
    name: 'tp-manager',
    variable: 'TP_MANAGER_IN_ONE_FILE',
    entryPoints: {
      'tp-manager': 'packages/service/src/main.ts',
      'journal-worker': 'packages/service/src/journal/journal-worker.ts',
    },
    plugins: [{ name: 'journal worker', setup: besideTheProgram }],
  },
  {
    name: 'setup',
    variable: 'SETUP_IN_ONE_FILE',
    entryPoints: { setup: 'packages/installer/test/support/setup-program.ts' },
    // The delivered setup, which is within it, is not what is started.
    define: { 'import.meta.main': 'false' },
  },
];

/**
 * Jest's globalSetup. The stories start these programs hundreds of times, and half of a start is the finding of hundreds of modules:
 * they start the same source in a few files (what is loaded late stays apart), where the variables say. What differs stands in another
 * folder, since another run may be using that of before.
 */
export default async function putInOneFile() {
  await Promise.all(programs.map(put));
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    const { mtimeMs = Number.POSITIVE_INFINITY } = statSync(path, { throwIfNoEntry: false }) ?? {};
    if (mtimeMs < Date.now() - KEPT_MS) rmSync(path, { recursive: true, force: true });
  }
}

async function put({ name, variable, ...options }) {
  const { outputFiles } = await build({
    ...options,
    absWorkingDir: root,
    // It only makes names of files.
    outdir: folder,
    write: false,
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node24',
    external: ['@serialport/bindings-cpp'],
    banner: { js: banner },
    logLevel: 'warning',
  });
  const digest = createHash('sha1');
  for (const { path, hash } of outputFiles) digest.update(`${path} ${hash}\n`);
  const its = join(folder, `${name}-${digest.digest('hex')}`);
  mkdirSync(its, { recursive: true });
  for (const { path, text } of [...outputFiles, { path: 'package.json', text: '{ "type": "module" }' }]) {
    const file = join(its, basename(path));
    if (existsSync(file)) continue;
    writeFileSync(`${file}.${process.pid}`, text);
    renameSync(`${file}.${process.pid}`, file);
  }
  const now = new Date();
  utimesSync(its, now, now);
  process.env[variable] = join(its, `${name}.js`);
}

/** The journal's threads are started by the name of a file, which is another one here. */
function besideTheProgram({ onLoad }) {
  onLoad({ filter: /[\\/]journal[\\/]start-journal-worker\.ts$/ }, ({ path }) => {
    const source = readFileSync(path, 'utf8');
    const contents = source.replace("'./journal-worker.ts'", "'./journal-worker.js'");
    if (contents === source) return { errors: [{ text: 'does not name journal-worker.ts' }] };
    return { contents, loader: 'ts' };
  });
}
