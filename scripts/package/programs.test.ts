import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { tmpdir } from 'node:os';
import { root } from './folders.ts';
import { connectorProgram, type Program, simulatorProgram } from './programs.ts';
import { targets } from './targets.ts';

let connector: Program;
let simulator: Program;
beforeAll(async () => {
  [connector, simulator] = await Promise.all([connectorProgram(targets.linux), simulatorProgram(targets.linux)]);
});

/** Of all that is put beside Node. */
function digestOf({ code, assets }: Program): string {
  const hash = createHash('sha256').update(code);
  for (const [name, bytes] of Object.entries(assets)) hash.update(name).update(bytes);
  return hash.digest('hex');
}

test('the same sources give the same bytes, for whomever and wherever they are bundled', () => {
  const bundles = `
    import { createHash } from 'node:crypto';
    import { connectorProgram, simulatorProgram } from ${JSON.stringify(new URL('programs.ts', import.meta.url).href)};
    import { targets } from ${JSON.stringify(new URL('targets.ts', import.meta.url).href)};
    ${digestOf.toString()}
    for (const make of [connectorProgram, simulatorProgram]) console.log(digestOf(await make(targets.linux)));`;
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module-typescript', '-e', bundles], {
    ...{ cwd: tmpdir(), encoding: 'utf8' },
    env: { PATH: process.env.PATH, HOME: '/nonexistent', TZ: 'Pacific/Kiritimati', LANG: 'tr_TR.UTF-8', USER: 'other' },
  });
  expect({ stdout, stderr }).toEqual({ stdout: `${digestOf(connector)}\n${digestOf(simulator)}\n`, stderr: '' });
});

test('no path of this machine is in them', () => {
  for (const { code, assets } of [connector, simulator]) {
    for (const part of [code, ...Object.values(assets)]) expect(Buffer.from(part).includes(root)).toBe(false);
  }
});

test('a till gets no simulator, and a simulator no service', () => {
  expect(connector.inputs).toContain('packages/service/src/main.ts');
  expect(connector.inputs).toContain('packages/installer/src/main.ts');
  expect(connector.inputs.filter((file) => file.startsWith('packages/simulator/'))).toEqual([]);
  expect(simulator.inputs).toContain('packages/simulator/src/main.ts');
  expect(simulator.inputs.filter((file) => file.startsWith('packages/service/'))).toEqual([]);
});
