import { readFile, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { isSea } from 'node:sea';
import type { Config } from '@hipay-ecr/shared/config/config.ts';
import { describeProblem, parseConfig } from '@hipay-ecr/shared/config/parse-config.ts';
import { OperatingError } from '@hipay-ecr/shared/errors.ts';
import { Command } from 'commander';
import { createLog } from './log.ts';
import { startService } from './service.ts';
import { systemClock } from './system-clock.ts';
import { versionOf } from './version.ts';

/** As every program of the connector ends: fine, failed, wrong use or configuration. */
const EXIT = { fine: 0, failed: 1, wrongUse: 2 } as const;

const version = versionOf(process.platform, process.arch);

/** Beside the executable; from a checkout, beside the program that npm starts. */
function defaultConfigFile(): string {
  return join(dirname(isSea() ? process.execPath : (process.argv[1] ?? '.')), 'data', 'config.yml');
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
  if (!parsed.ok) throw new WrongUse(parsed.problems.map((problem) => describeProblem(problem, file)));
  if (process.platform !== 'win32' && ((await stat(file)).mode & 0o077) !== 0) {
    console.error(`Warning: ${file} holds passwords and can be read by others; 'chmod 600 ${file}' mends it.`);
  }
  return parsed.config;
}

/** The program was called, or configured, in a way that cannot work. */
class WrongUse extends Error {
  readonly problems: string[];

  constructor(problems: string[]) {
    super(problems.join('\n'));
    this.problems = problems;
  }
}

async function serve(options: { config?: string }): Promise<void> {
  const configFile = resolve(options.config ?? defaultConfigFile());
  const config = await readConfig(configFile);
  const log = createLog(config.logLevel);
  const service = await startService(config, { dataFolder: dirname(configFile), version, clock: systemClock, log });
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void service.stop(signal));
  await service.stopped;
}

const program = new Command('tp-manager')
  .description('Takes payments from point-of-sale software and has them paid on the card terminal.')
  .version(version, '--version', 'print the version')
  .option('--config <file>', 'the configuration (default: data/config.yml beside the program)')
  .allowExcessArguments(false)
  .exitOverride((error) => {
    process.exit(error.exitCode === 0 ? EXIT.fine : EXIT.wrongUse);
  })
  .action(serve);

// A reader that goes away (a closed terminal, a pipe) must not end a payment.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});

try {
  await program.parseAsync();
  process.exit(EXIT.fine);
} catch (error) {
  if (error instanceof WrongUse) {
    for (const problem of error.problems) console.error(problem);
    process.exit(EXIT.wrongUse);
  }
  if (!(error instanceof OperatingError)) throw error;
  console.error(error.message);
  process.exit(EXIT.failed);
}
