import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));

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
 * they start the same source in a few files (what is loaded late stays apart), where the variables say. What stands there is replaced
 * file by file, and what is the same is left: another run may be using it.
 */
export default async function putInOneFile() {
  await Promise.all(programs.map(put));
}

async function put({ name, variable, ...options }) {
  const folder = join(root, '.cache', 'one-file', name);
  const { outputFiles } = await build({
    ...options,
    absWorkingDir: root,
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
  mkdirSync(folder, { recursive: true });
  for (const { path, text } of [...outputFiles, { path: join(folder, 'package.json'), text: '{ "type": "module" }' }]) {
    if (existsSync(path) && readFileSync(path, 'utf8') === text) continue;
    writeFileSync(`${path}.${process.pid}`, text);
    renameSync(`${path}.${process.pid}`, path);
  }
  const made = new Set(outputFiles.map(({ path }) => basename(path)));
  for (const file of readdirSync(folder)) if (file.endsWith('.js') && !made.has(file)) rmSync(join(folder, file));
  process.env[variable] = join(folder, `${name}.js`);
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
