import { actsLimits } from './acts-limits.ts';
import { passwordsBeside } from './passwords-beside.ts';
import type { Place } from './place.ts';
import { liveProcesses } from './running-file.ts';
import type { System } from './system.ts';

/** Brings the service back should the setup end, in whatever way, after it has told it to stop and before it has started it again. */
export interface Rescue {
  /** All went well. */
  dismiss(): void;
  /** It did not: the service comes back once what was told to stop has stopped. */
  summon(): void;
}

/**
 * Waits for a word from the setup. Where none comes, the pipe was closed by its end: kill -9, a session that was lost, Ctrl-C. Once
 * the processes that were told to stop are gone as well (a payment may be under way), launch starts the service, unless it is held; a
 * hold of the setup's own has ended with the setup.
 */
const WAIT = `read -r _ && exit 0
own_hold=$1
shift
left=${actsLimits.stopMs / 1_000}
for pid; do
  while [ "$left" -gt 0 ] && kill -0 "$pid" 2>/dev/null; do left=$((left - 1)); sleep 1; done
done
[ -z "$own_hold" ] || rm -f "$own_hold"
exec "$0" --unless-held`;

/**
 * With `ownHold` the file that the setup is about to make, so that nobody else starts the service meanwhile, is not to outlive it.
 * Undefined where nothing of ours runs, and on Windows, where a process in the background cannot be had to wait in such a way: there
 * the task of the Task Scheduler brings the service back.
 */
export async function standBy(place: Place, system: System, { ownHold = false } = {}): Promise<Rescue | undefined> {
  if (system.platform === 'win32') return undefined;
  const pids = await liveProcesses(place, system);
  if (pids.length === 0) return undefined;
  const configText = await system.files.read(place.configFile).catch(() => undefined);
  const passwords = configText === undefined ? {} : passwordsBeside(configText, system);
  const words = [ownHold ? place.holdFile : '', ...pids.map(String)];
  const say = system.startListener('/bin/sh', ['-c', WAIT, place.launch, ...words], place.logFile, passwords);
  return { dismiss: () => say('done'), summon: () => say() };
}
