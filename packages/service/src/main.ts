import { readFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { isSea } from 'node:sea';
import { pause } from '@hipay-ecr/shared/clock.ts';
import type { Config } from '@hipay-ecr/shared/config/config.ts';
import { describeProblem, parseConfig } from '@hipay-ecr/shared/config/parse-config.ts';
import { OperatingError } from '@hipay-ecr/shared/errors.ts';
import { secretsOf, secretsOfValues } from '@hipay-ecr/shared/secret-forms.ts';
import { Command } from 'commander';
import { addCommands } from './cli/add-commands.ts';
import { type CliWorld, EXIT, type ExitStatus } from './cli/cli-world.ts';
import { unknownCommand } from './cli/unknown-command.ts';
import { exposures, readableByOthers } from './exposed.ts';
import { hardenProcess } from './harden-process.ts';
import { AlreadyRunning } from './journal/already-running.ts';
import { openLog, quietLog } from './open-log.ts';
import { systemClock } from './system-clock.ts';
import { versionOf } from './version.ts';
import { Misconfigured, WrongUse } from './wrong-use.ts';

const version = versionOf(process.platform, process.arch);

/** Beside the executable; from a checkout (npx tp-manager), where there is none, in the folder that one stands in. */
function defaultConfigFile(): string {
  return isSea() ? join(dirname(process.execPath), 'data', 'config.yml') : resolve('config.yml');
}

async function readConfig(file: string): Promise<Config> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (cause) {
    throw new WrongUse([
      `The configuration ${file} cannot be read: ${(cause as Error).message}. Run setup, or name another with --config FILE.`,
    ]);
  }
  const parsed = parseConfig(text, process.env);
  for (const warning of parsed.warnings) console.error(`Warning: ${describeProblem(warning, file)}`);
  if (!parsed.ok) {
    const problems = parsed.problems.map((problem) => describeProblem(problem, file));
    throw new Misconfigured(problems, parsed.known);
  }
  return parsed.config;
}

function configFile(): string {
  return resolve(program.opts<{ config?: string }>().config ?? defaultConfigFile());
}

let read: Promise<Config> | undefined;

/** Its warnings are for people, once. */
function readConfigOnce(): Promise<Config> {
  read ??= readConfig(configFile());
  return read;
}

let installed: Promise<Config> | undefined;

/** For a command beside the service, which says itself what others can read. */
function readInstalledOnce(): Promise<Config> {
  installed ??= readConfigOnce().then((config) => {
    for (const warning of readableByOthers(configFile(), process)) console.error(`Warning: ${warning}`);
    return config;
  });
  return installed;
}

async function serve(): Promise<void> {
  const [notACommand] = program.args;
  if (notACommand !== undefined) throw unknownCommand(notACommand, program);
  const config = await readConfigOnce();
  const dataFolder = dirname(configFile());
  hardenProcess(process);
  const log = openLog(config, dataFolder, process);
  const { startService } = await import('./service.ts');
  const { pid } = process;
  // Heard from the beginning: one that comes while it starts ends it as soon as it has started, and closes all of it.
  const { promise: told, resolve: tell } = Promise.withResolvers<string>();
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, tell);
  try {
    const warnings = exposures(configFile(), process);
    const service = await startService(config, { dataFolder, version, pid, clock: systemClock, log, warnings });
    void told.then((signal) => service.stop(signal));
    await service.stopped;
  } finally {
    await log.close();
  }
}

/** What the commands beside the service need. */
const world: CliWorld = {
  print: (text) => console.log(text),
  complain: (text) => console.error(text),
  async installation() {
    const {
      apiUsername: username,
      apiPassword: password,
      localPort: port,
      paymentTimeoutMs,
    } = await readInstalledOnce();
    const served = { port, credentials: { username, password } };
    return { served, dataFolder: dirname(configFile()), paymentTimeoutMs };
  },
  async serveJournal({ dataFolder }) {
    const { serveJournal, readingConfig } = await import('./offline-reading.ts');
    const about = (secrets: string[]) => ({ dataFolder, version, clock: systemClock, log: quietLog(secrets, process) });
    try {
      const config = await readConfigOnce();
      return serveJournal(config, about(secretsOf(config)));
    } catch (error) {
      if (!(error instanceof Misconfigured)) throw error;
      return serveJournal(readingConfig(error.known), about(secretsOfValues(error.known)));
    }
  },
  program: isSea() ? 'tp-manager' : 'npx tp-manager',
  ...{ configFile, version, nodeVersion: process.version, variables: process.env },
  async serialPorts() {
    const { listPorts } = await import('./terminal/list-ports.ts');
    const { realPortWorld } = await import('./terminal/port-world.ts');
    return listPorts(realPortWorld());
  },
  pause: (ms) => pause(systemClock, ms),
  nowMs: () => systemClock.nowMs(),
  pid: process.pid,
  terminate: (other) => process.kill(other, 'SIGTERM'),
  asJson: () => program.opts<{ json?: true }>().json === true,
};

const program = new Command('tp-manager')
  .description('Takes payments from point-of-sale software and has them paid on the card terminal.')
  .version(version, '--version', 'print the version')
  .option(
    '--config <file>',
    'the configuration (default: data/config.yml beside the program; with npx, config.yml here)',
  )
  .option('--json', 'what a command prints is JSON, for programs')
  // What stands where a command should is looked at by serve, which knows what may have been meant.
  .allowExcessArguments()
  .exitOverride((error) => {
    process.exit(error.exitCode === 0 ? EXIT.fine : EXIT.wrongUse);
  })
  .action(serve);

let status: ExitStatus = EXIT.fine;
addCommands(program, world, (ended) => {
  status = ended;
});

/** A pipe may still hold what was printed, and exit() would throw it away. */
function written(stream: NodeJS.WriteStream): Promise<void> {
  return new Promise((resolve) => stream.write('', () => resolve()));
}

/** The whole program; the process ends with it. */
export async function main(): Promise<void> {
  // A reader that goes away (a closed terminal, a pipe) must not end a payment.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});
  try {
    await program.parseAsync();
    await written(process.stdout);
    process.exit(status);
  } catch (error) {
    if (error instanceof AlreadyRunning) {
      console.log(error.message);
      process.exit(EXIT.fine);
    }
    if (error instanceof WrongUse) {
      for (const problem of error.problems) console.error(problem);
      process.exit(EXIT.wrongUse);
    }
    if (!(error instanceof OperatingError)) throw error;
    console.error(error.message);
    process.exit(EXIT.failed);
  }
}

// The executable has no top-level await, and calls main() itself.
if (import.meta.main) void main();
