import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = join(root, '.cache', 'one-file');

/** Packages that are no modules have these; that of serialport stays outside, since it looks for its native part beside itself. */
const banner = `import { createRequire } from 'node:module';
const require = createRequire(import.meta.url), __filename = import.meta.filename, __dirname = import.meta.dirname;`;

/**
 * Jest's globalSetup. The stories start tp-manager hundreds of times, and half of a start is the finding of its 900 modules: they start
 * the same source in a few files (what is loaded late stays apart), where TP_MANAGER_IN_ONE_FILE says. What stands there is replaced
 * file by file, and what is the same is left: another run may be using it.
 */
export default async function putInOneFile() {
  const { outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: {
      'tp-manager': 'packages/service/src/main.ts',
      'journal-worker': 'packages/service/src/journal/journal-worker.ts',
    },
    outdir: folder,
    write: false,
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node24',
    external: ['@serialport/bindings-cpp'],
    banner: { js: banner },
    plugins: [{ name: 'journal worker', setup: besideTheProgram }],
    logLevel: 'warning',
  });
  mkdirSync(folder, { recursive: true });
  for (const { path, text } of [...outputFiles, { path: join(folder, 'package.json'), text: '{ "type": "module" }' }]) {
    if (existsSync(path) && readFileSync(path, 'utf8') === text) continue;
    writeFileSync(`${path}.${process.pid}`, text);
    renameSync(`${path}.${process.pid}`, path);
  }
  const made = new Set(outputFiles.map(({ path }) => basename(path)));
  for (const name of readdirSync(folder)) if (name.endsWith('.js') && !made.has(name)) rmSync(join(folder, name));
  process.env.TP_MANAGER_IN_ONE_FILE = join(folder, 'tp-manager.js');
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
