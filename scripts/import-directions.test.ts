import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const biome = join(root, 'node_modules/@biomejs/biome/bin/biome');

/** Where a planted file stands, what it imports, and whether the house allows it. */
const PLANTS: [place: string, imported: string, allowed: boolean][] = [
  ['packages/shared/src', 'node:fs', false],
  ['packages/shared/src/concert', '@hipay-ecr/service/main.ts', false],
  ['packages/service/src/payments', '../journal/journal.ts', false],
  ['packages/service/src/payments', 'node:crypto', false],
  ['packages/service/src/http', '../terminal/concert-terminal.ts', false],
  ['packages/service/src/terminal', '../gateway/hipay-client.ts', false],
  ['packages/service/src/gateway', '../journal/journal.ts', false],
  ['packages/service/src/journal', '../http/app.ts', false],
  ['packages/service/src/journal', '../cli/add-commands.ts', false],
  ['packages/service/src/logging', '../journal/journal.ts', false],
  ['packages/service/src/logging', '../payments/fact.ts', true],
  ['packages/service/src/cli', '../http/app.ts', false],
  ['packages/service/src/cli', '../terminal/concert-terminal.ts', false],
  ['packages/service/src/cli', '../journal/open-for-reading.ts', true],
  ['packages/service/src/http', '@hipay-ecr/simulator/main.ts', false],
  ['packages/simulator/src', '@hipay-ecr/service/main.ts', false],
  ['packages/installer/src', '../../service/src/service.ts', false],
  ['packages/service/src/http', '../payments/desk-result.ts', true],
  ['packages/service/src/journal', '@hipay-ecr/shared/clock.ts', true],
  ['packages/simulator/src', '@hipay-ecr/shared/clock.ts', true],
  ['packages/service/src', './journal/journal.ts', true],
  ...['shared/src', 'service/src', 'service/src/payments', 'service/src/http', 'installer/src', 'simulator/src'].map(
    (place): [string, string, boolean] => [`packages/${place}`, '../../executable/src/run-asset.ts', false],
  ),
  ['packages/executable/src', '../../service/src/main.ts', true],
];

/** Where files import each other's types in a circle; the linter is asked for circles of whole files, not only of code. */
const CIRCLES = ['packages/shared/src/config', 'packages/service/src/payments', 'scripts/torture'];

describe('import directions', () => {
  let folder: string;
  let report: string;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'import-directions-'));
    copyFileSync(join(root, 'biome.json'), join(folder, 'biome.json'));
    PLANTS.forEach(([place, imported], n) => {
      plant(join(place, `plant${n}.ts`), `import { planted } from '${imported}';\n\nexport const kept = planted;\n`);
    });
    for (const place of CIRCLES) {
      for (const [name, next] of Object.entries({ first: 'second', second: 'third', third: 'first' })) {
        plant(`${place}/${name}.ts`, `import type { Planted } from './${next}.ts';\n\nexport type Kept = Planted;\n`);
      }
    }
    plant('packages/shared/src/timer.ts', 'export const timer = setTimeout(() => {}, 1);\n');
    const lint = spawnSync(process.execPath, [biome, 'lint', '--max-diagnostics=none', '.'], {
      cwd: folder,
      encoding: 'utf8',
    });
    report = lint.stdout + lint.stderr;
  });

  afterAll(() => rmSync(folder, { recursive: true }));

  function plant(path: string, code: string): void {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), code);
  }

  test.each(PLANTS.map(([place, imported, allowed], n) => [place, allowed ? 'may' : 'must not', imported, n] as const))(
    '%s %s import %s',
    (place, verdict, _imported, n) => {
      const found = new RegExp(`${place}/plant${n}\\.ts:\\d+:\\d+ lint/style/noRestrictedImports`).test(report);
      expect(found).toBe(verdict === 'must not');
    },
  );

  test.each(CIRCLES)('%s must have no circle of files, be it of types; it is named', (place) => {
    const circle = `${place}/first\\.ts:1:\\d+ lint/suspicious/noImportCycles[^]*?resolves to ${place}/second\\.ts`;
    expect(report).toMatch(new RegExp(`${circle}[^]{0,80}which imports ${place}/third\\.ts`));
  });

  test('shared has no timer of its own', () => {
    expect(report).toMatch(/packages\/shared\/src\/timer\.ts:\d+:\d+ lint\/style\/noRestrictedGlobals/);
  });
});
