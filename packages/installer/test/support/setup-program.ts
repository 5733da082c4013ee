import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { writeConfigYaml } from '@hipay-ecr/shared/config/config-yaml.ts';
import type { InstallationPlan, InstallationResult } from '../../src/plan.ts';
import { runSetup } from '../../src/program.ts';
import { realWorld } from '../../src/real-world.ts';
import type { Acts } from '../../src/world.ts';
import type { MadeUpTill } from './made-up-till.ts';

// The setup as a process, on a till that the test made up: its only acts are to write config.yml and to note what was asked of them.

const till = JSON.parse(process.env.MADE_UP_TILL ?? '{}') as MadeUpTill;
const deeds: unknown[] = [];

function note(deed: unknown): void {
  deeds.push(deed);
  writeFileSync(till.deedsFile, JSON.stringify(deeds));
}

function result({ folder, values, start }: InstallationPlan): InstallationResult {
  const configFile = join(folder, 'hipay/ecr-connector/bin/data/config.yml');
  const started = start && till.startFails !== true;
  return { configFile, version: '1.0.0', started, port: Number(values.local_port), notes: till.notes ?? [] };
}

const acts: Acts = {
  async earlierInstallation(folder) {
    const earlier = till.earlier?.[folder];
    if (earlier === undefined) return undefined;
    return {
      ...(earlier.runningPort !== undefined && { runningPort: earlier.runningPort }),
      configText: earlier.config,
    };
  },
  async install(plan) {
    if (till.installFails !== undefined) throw new Error(till.installFails);
    note({ act: 'install', plan });
    const done = result(plan);
    mkdirSync(dirname(done.configFile), { recursive: true });
    writeFileSync(done.configFile, writeConfigYaml(plan.values, { language: plan.language }));
    return done;
  },
  async start(plan) {
    note({ act: 'start' });
    return result({ ...plan, start: true });
  },
  async uninstall(request) {
    note({ act: 'uninstall', ...request });
  },
};

const real = realWorld(acts);
let listed = 0;
const status = await runSetup(process.argv.slice(2), {
  ...real,
  platform: till.platform,
  locale: till.locale ?? 'en_US.UTF-8',
  homeFolder: till.homeFolder,
  programFolder: till.programFolder,
  // A till whose cables are moved has several lists; the last one stays.
  listPorts: async () => till.ports[Math.min(listed++, till.ports.length - 1)] ?? [],
  testTerminal: async () => till.presence ?? { at: 'answers' },
  localPort: async (port) => {
    if (till.portsInUse?.includes(port)) return 'in_use';
    return till.portsForbidden?.includes(port) ? 'forbidden' : 'free';
  },
  readFile: async (path) => readFileSync(path, 'utf8'),
});
process.exitCode = status;
