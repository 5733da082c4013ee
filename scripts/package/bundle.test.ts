import { globSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { runInThisContext } from 'node:vm';
import { build } from 'esbuild';
import { bodySchemas } from '../../packages/service/src/http/body-schemas.ts';
import { compileSchema } from '../../packages/service/src/http/compile-schema.ts';
import { bundleProgram } from './bundle.ts';
import { compiledChecks } from './compiled-checks.ts';
import { root } from './folders.ts';
import { SPOKEN_TYPES } from './spoken-types.ts';

const entry = 'packages/executable/src/connector.ts';

test('the service has one copy of serialport, so that its reading guard meets the ports that are opened; and no ajv', async () => {
  const { inputs } = await bundleProgram(entry, ['node-gyp-build', 'axios', 'iconv-lite', 'qs']);
  expect(inputs.filter((input) => input.endsWith('bindings-cpp/dist/linux.js'))).toHaveLength(1);
  expect(inputs).toContain('packages/service/src/terminal/line-at-once.ts');
  expect(inputs.filter((input) => /node_modules\/ajv\/dist\/(?!runtime\/)/.test(input))).toEqual([]);
});

test('a replacement that does not happen fails the build', async () => {
  await expect(bundleProgram('packages/executable/src/ecr-simulator.ts', ['node-gyp-build'])).rejects.toThrow(
    'nothing has imported node-gyp-build, which is to be replaced',
  );
});

test('each media type that the service speaks is among those that the executable knows', () => {
  const folder = `${root}/packages/service/src/http`;
  const sources = globSync('*.ts', { cwd: folder }).filter((file) => !file.endsWith('.test.ts'));
  const spoken = sources.flatMap((file) => [
    ...readFileSync(`${folder}/${file}`, 'utf8').matchAll(/'((?:application|text|image)\/[a-z+.-]+)'/g),
  ]);
  const types = new Set(spoken.map(([, type]) => type));
  expect([...types]).toEqual(expect.arrayContaining(['application/json', 'text/csv']));
  expect([...types].filter((type) => !SPOKEN_TYPES.some((known) => known === type))).toEqual([]);
});

test.each([
  ['payment', [{ amount: 10.23 }, { amount: '1' }, {}, [], { amount: 1, currency: 'eur', custom_data: { a: {} } }]],
  ['resolution', [{ outcome: 'approved', note: 'n', by: 'b' }, { outcome: 'perhaps', more: 1 }, 'text']],
  ['resend', [{}, { notAtHipay: 'yes' }, null]],
  ['acknowledgement', [{ note: 'n', by: 'b' }, { note: '' }, 7]],
  ['resendParked', [{ parked: true }, { parked: false }, {}]],
] as const)('the check of %s that is compiled beforehand says what the other one says', async (name, bodies) => {
  const compiled = (await checks())[name];
  const check = compileSchema(bodySchemas[name]);
  for (const body of bodies) {
    expect([compiled?.(body), compiled?.errors]).toEqual([check(body), check.errors]);
  }
});

type Check = ((body: unknown) => boolean) & { errors?: unknown };

async function checks(): Promise<Partial<Record<string, Check>>> {
  const stdin = { contents: compiledChecks(), resolveDir: `${root}/packages/service` };
  const { outputFiles } = await build({
    stdin,
    bundle: true,
    write: false,
    format: 'iife',
    globalName: 'made',
    platform: 'node',
  });
  return runInThisContext(`(require) => { ${outputFiles[0]?.text}; return made.bodyChecks; }`)(
    createRequire(import.meta.url),
  );
}
