import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { ASSETS } from '../../packages/executable/src/asset-names.ts';
import { bundleAxios, bundleJournalWorker, bundlePackage, bundleProgram } from './bundle.ts';
import { npmPackage } from './npm-package.ts';
import type { Target } from './targets.ts';

/** All that goes into an executable beside Node. */
export interface Program {
  name: 'tp-manager' | 'ecr-simulator';
  code: string;
  assets: Record<string, Uint8Array>;
  /** Every file that was bundled, as a path in the project. */
  inputs: string[];
}

const entries = 'packages/executable/src';
const addon = 'node-gyp-build';

/** The service and the setup, in one: Node is delivered once. */
export async function connectorProgram(target: Target): Promise<Program> {
  const [service, setup, worker, axios, iconvLite, qs] = await Promise.all([
    bundleProgram(`${entries}/connector.ts`, [
      'packages/service/src/journal/start-journal-worker.ts',
      'packages/service/src/http/body-checks.ts',
      'node_modules/mime-db/index.js',
      ...[addon, 'axios', 'iconv-lite', 'qs'],
    ]),
    bundleProgram(`${entries}/setup.ts`, [addon]),
    bundleJournalWorker(),
    bundleAxios(),
    bundlePackage('iconv-lite'),
    bundlePackage('qs'),
  ]);
  const bindings = dirname(createRequire(import.meta.url).resolve('@serialport/bindings-cpp/package.json'));
  return {
    name: 'tp-manager',
    code: service.code,
    assets: {
      [ASSETS.setup]: Buffer.from(setup.code),
      [ASSETS.axios]: Buffer.from(axios.code),
      [ASSETS.iconvLite]: Buffer.from(iconvLite.code),
      [ASSETS.qs]: Buffer.from(qs.code),
      [ASSETS.journalWorker]: Buffer.from(worker.code),
      [ASSETS.serialport]: await readFile(join(bindings, 'prebuilds', target.serialportPrebuild)),
    },
    inputs: [...new Set([service, setup, worker, axios, iconvLite, qs].flatMap(({ inputs }) => inputs))].sort(),
  };
}

/** The simulator, for developers of point-of-sale software: a till has no use for a terminal that approves everything. */
export async function simulatorProgram(target: Target): Promise<Program> {
  const { code, inputs } = await bundleProgram(`${entries}/ecr-simulator.ts`, [
    'packages/simulator/src/lines/pty-addon.ts',
  ]);
  const { ptyPackage, ptyFile } = target;
  if (ptyPackage === undefined || ptyFile === undefined) return { name: 'ecr-simulator', code, assets: {}, inputs };
  const file = join(await npmPackage(ptyPackage), ptyFile);
  return { name: 'ecr-simulator', code, assets: { [ASSETS.pty]: await readFile(file) }, inputs };
}
