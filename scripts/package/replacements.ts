import { join } from 'node:path';
import type { Plugin } from 'esbuild';
import { compiledChecks } from './compiled-checks.ts';
import { root } from './folders.ts';
import { spokenTypes } from './spoken-types.ts';

const executable = join(root, 'packages', 'executable', 'src');

/** Whole files for which the executable has others, since it has no folder of modules: what is read from disk comes from within it. */
const REPLACED: readonly { file: string; contents: () => string }[] = [
  {
    file: 'packages/service/src/journal/start-journal-worker.ts',
    contents: () => `export * from ${JSON.stringify(join(executable, 'start-journal-worker.ts'))};`,
  },
  {
    file: 'packages/simulator/src/lines/pty-addon.ts',
    contents: () => `export * from ${JSON.stringify(join(executable, 'pty-addon.ts'))};`,
  },
  { file: 'packages/service/src/http/body-checks.ts', contents: compiledChecks },
  { file: 'node_modules/mime-db/index.js', contents: spokenTypes },
];

/** Packages for which it has others: what serialport finds its native module by, and what is read only once it is wanted. */
const REPLACED_PACKAGES: Readonly<Record<string, string>> = {
  'node-gyp-build': 'serialport-addon.ts',
  axios: 'late-axios.ts',
  'iconv-lite': 'late-iconv-lite.ts',
  qs: 'late-qs.ts',
};

/** Puts the replacements in; a build in which one that is `expected` did not happen fails, since a file may have been renamed. */
export function replacements(expected: readonly string[]): Plugin {
  return {
    name: 'replacements',
    setup(build) {
      const happened = new Set<string>();
      for (const { file, contents } of REPLACED) {
        const path = join(root, file);
        const filter = new RegExp(`${path.replaceAll(/[\\/.+-]/g, String.raw`\$&`)}$`);
        build.onLoad({ filter }, () => {
          happened.add(file);
          return { contents: contents(), loader: 'js', resolveDir: join(root, 'packages', 'service') };
        });
      }
      for (const [name, file] of Object.entries(REPLACED_PACKAGES)) {
        if (!expected.includes(name)) continue;
        build.onResolve({ filter: new RegExp(`^${name}$`) }, () => {
          happened.add(name);
          return { path: join(executable, file) };
        });
      }
      build.onEnd(() => {
        const missing = expected.filter((name) => !happened.has(name));
        return { errors: missing.map((name) => ({ text: `nothing has imported ${name}, which is to be replaced` })) };
      });
    },
  };
}
