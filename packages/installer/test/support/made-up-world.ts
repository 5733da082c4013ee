import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { writeConfigYaml } from '@hipay-ecr/shared/config/config-yaml.ts';
import { folderState } from '../../src/folder-state.ts';
import type { InstallationPlan, InstallationResult } from '../../src/plan.ts';
import type { Acts, SetupWorld } from '../../src/world.ts';
import type { MadeUpTill } from './made-up-till.ts';
import { until } from './until.ts';

/** The parts of a till's world that the test decides; the rest belongs to the process. */
export type MadeUpWorld = Omit<
  SetupWorld,
  | 'environment'
  | 'workingFolder'
  | 'version'
  | 'clock'
  | 'print'
  | 'printError'
  | 'printsToTerminal'
  | 'prompter'
  | 'leavable'
>;

export function madeUpWorld(till: MadeUpTill): MadeUpWorld {
  let listed = 0;
  return {
    platform: till.platform,
    locale: till.locale ?? 'en_US.UTF-8',
    isRoot: till.isRoot ?? false,
    homeFolder: till.homeFolder,
    programFolder: till.programFolder,
    listPorts: async () => till.ports[Math.min(listed++, till.ports.length - 1)] ?? [],
    async testTerminal() {
      const { presenceAwaits: file } = till;
      if (file !== undefined) await until(() => existsSync(file));
      return till.presence ?? { at: 'answers' };
    },
    isNoSerialPort: async (serialPort) => till.noSerialPorts?.includes(serialPort) ?? false,
    localPort: async (port) => {
      if (till.portsInUse?.includes(port)) return 'in_use';
      return till.portsForbidden?.includes(port) ? 'forbidden' : 'free';
    },
    folderState: async (path) => till.folderState ?? folderState(path),
    readFile: (path) => readFile(path, 'utf8'),
    acts: notedActs(till),
  };
}

/** Acts that write config.yml and nothing else, and note what was asked of them. */
function notedActs(till: MadeUpTill): Acts {
  const deeds: unknown[] = [];
  const note = (deed: unknown) => {
    deeds.push(deed);
    writeFileSync(till.deedsFile, JSON.stringify(deeds));
  };
  const failBySystem = () => {
    const { systemFails: failure } = till;
    // As Node words it.
    const message = `${failure?.code}: no such luck, ${failure?.syscall} '${failure?.path}'`;
    if (failure !== undefined) throw Object.assign(new Error(message), failure);
  };
  const result = ({ folder, values, start }: InstallationPlan): InstallationResult => {
    const configFile = join(folder, 'hipay/ecr-connector/bin/data/config.yml');
    const started = start && till.startFails !== true;
    return { configFile, version: '1.0.0', started, port: Number(values.local_port), notes: till.notes ?? [] };
  };
  return {
    async earlierInstallation(folder) {
      const earlier = till.earlier?.[folder];
      if (earlier === undefined) return undefined;
      const { config: configText, runningPort } = earlier;
      return { configText, ...(runningPort !== undefined && { runningPort }) };
    },
    async install(plan, tell) {
      failBySystem();
      if (till.installFails !== undefined) throw new Error(till.installFails);
      if (till.saysMeanwhile !== undefined) tell(till.saysMeanwhile);
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
    async uninstall(request, tell) {
      failBySystem();
      if (till.removalFails !== undefined) throw new Error(till.removalFails);
      if (till.saysMeanwhile !== undefined) tell(till.saysMeanwhile);
      note({ act: 'uninstall', ...request });
    },
  };
}
