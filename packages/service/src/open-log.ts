import type { Config } from '@hipay-ecr/shared/config/config.ts';
import { secretsOf } from '@hipay-ecr/shared/secret-forms.ts';
import { createLog, type LogOptions, type ServiceLog } from './log.ts';
import { logFolderOf } from './logging/log-folder.ts';
import { isSeverity } from './logging/log-text.ts';
import { systemClock } from './system-clock.ts';

type Process = Pick<NodeJS.Process, 'stdout' | 'stderr' | 'env' | 'on'>;

/** The log of the service: in files beside config.yml, and on the console, where launch asks for what is wrong only. */
export function openLog(config: Config, dataFolder: string, process: Process): ServiceLog {
  const log = createLog({
    ...common(secretsOf(config), process),
    level: config.logLevel,
    files: { folder: logFolderOf(dataFolder), keepDays: config.logDays },
  });
  process.on('uncaughtExceptionMonitor', (error) => {
    log.error('The program ends: this is a bug.', { error: error instanceof Error ? error.stack : String(error) });
  });
  process.on('exit', () => log.lastWords());
  return log;
}

/** For what works beside the service: on the console, where something is wrong. */
export function quietLog(secrets: string[], process: Process): ServiceLog {
  return createLog({ ...common(secrets, process), level: 'error' });
}

function common(
  secrets: string[],
  { stdout, stderr, env }: Process,
): Pick<LogOptions, 'secrets' | 'clock' | 'console'> {
  const { TP_MANAGER_CONSOLE: level, JOURNAL_STREAM: journalStream } = env;
  return {
    secrets,
    clock: systemClock,
    console: { out: stdout, err: stderr, journalStream, ...(isSeverity(level) && { level }) },
  };
}
