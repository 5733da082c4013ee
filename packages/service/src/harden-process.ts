import { writeFileSync } from 'node:fs';

/**
 * The memory of the process holds the passwords, so nothing of it is to be written anywhere when it crashes. launch and the
 * systemd unit forbid core dumps; a dump that goes to a program (core_pattern with a pipe, as systemd-coredump and apport have
 * it) is not bound by their limit, so the process also names nothing of its memory as worth dumping (core(5), coredump_filter).
 * Node's own reports are off by default; one that is asked for all the same holds no environment and no network.
 */
export function hardenProcess({ platform, report }: Pick<NodeJS.Process, 'platform' | 'report'>): void {
  Object.assign(report, { excludeEnv: true, excludeNetwork: true });
  Object.assign(report, { reportOnFatalError: false, reportOnSignal: false, reportOnUncaughtException: false });
  if (platform !== 'linux') return;
  try {
    writeFileSync('/proc/self/coredump_filter', '0');
  } catch {
    // A kernel without it (CONFIG_ELF_CORE=n) writes no core dumps either.
  }
}
