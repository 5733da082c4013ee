import { join } from 'node:path';
import { type BuildOptions, build } from 'esbuild';
import { root } from './folders.ts';
import { replacements } from './replacements.ts';

export interface Bundle {
  code: string;
  /** Every file that went into it, as a path in the project. */
  inputs: string[];
}

const options: BuildOptions = {
  absWorkingDir: root,
  bundle: true,
  write: false,
  metafile: true,
  platform: 'node',
  target: 'node24',
  format: 'cjs',
  // In a single executable application import() finds nothing but Node's own modules, and so does require().
  supported: { 'dynamic-import': false },
  define: {
    'import.meta.url': 'executableUrl',
    'import.meta.main': 'false',
    // Else what is for developers of packages (winston's diagnostics in colours) is loaded at each start.
    'process.env.NODE_ENV': '"production"',
  },
  // Names stay: they stand in stack traces.
  minifyWhitespace: true,
  legalComments: 'none',
  logLevel: 'warning',
};

/** One of the programs with all that it imports, in one file. */
export async function bundleProgram(entry: string, expected: readonly string[]): Promise<Bundle> {
  return bundle({
    entryPoints: [join(root, entry)],
    banner: { js: `const executableUrl = require('node:url').pathToFileURL(process.execPath).href;` },
    plugins: [replacements(expected)],
  });
}

/** The journal's threads: their program is an asset. */
export async function bundleJournalWorker(): Promise<Bundle> {
  return bundle({ entryPoints: [join(root, 'packages/service/src/journal/journal-worker.ts')] });
}

/** A package of others by itself, for what is read late. */
export async function bundlePackage(name: string, more: BuildOptions = {}): Promise<Bundle> {
  const contents = `module.exports = require(${JSON.stringify(name)});`;
  return bundle({ ...more, stdin: { contents, resolveDir: join(root, 'packages', 'service') } });
}

/**
 * axios looks at loading whether there is a fetch to use, and Node then loads all of undici, 14 MB of memory, though axios goes on to
 * use Node's http. So the globals that it sees have none of fetch's.
 */
export async function bundleAxios(): Promise<Bundle> {
  const none = ['FormData', 'Request', 'Response'].map((name) => `${name}: { value: undefined }`).join(', ');
  return bundlePackage('axios', {
    define: { globalThis: 'withoutFetch' },
    banner: { js: `const withoutFetch = Object.create(global, { ${none} });` },
  });
}

async function bundle(more: BuildOptions): Promise<Bundle> {
  const { outputFiles, metafile } = await build({ ...options, ...more });
  const [file] = outputFiles ?? [];
  if (file === undefined || metafile === undefined) throw new Error('esbuild has made nothing');
  return {
    code: file.text,
    inputs: Object.keys(metafile.inputs)
      .filter((input) => input !== '<stdin>')
      .sort(),
  };
}
