import { posix } from 'node:path';
import type { ActSentences } from './act-sentences.ts';
import { cronLine, withLine, withoutLine } from './cron-line.ts';
import type { Place } from './place.ts';
import { isTaskOf, TASK_NAME, taskFile } from './scheduled-task.ts';
import type { System } from './system.ts';
import { systemdUnit, unitName } from './systemd-unit.ts';

/** Of Debian; of Red Hat, Alpine and others; and two that are installed in its place. */
const CRON_DAEMONS = ['cron', 'crond', 'fcron', 'bcron-sched'];

/** What was done (`asides`), and what a person has yet to do (`notes`). */
export interface AutostartOutcome {
  notes: string[];
  asides: string[];
}

/** Has the service started with the computer: by a systemd unit of the user, else by cron's documented line; on Windows by a task. */
export async function setUpAutostart(
  place: Place,
  sentences: ActSentences['autostart'],
  system: System,
): Promise<AutostartOutcome> {
  if (system.platform === 'win32') return makeTask(place, sentences, system);
  const unit = unitName(place.folder);
  if (await enableUnit(place, unit, system)) {
    const lingers = await system.run('loginctl', ['enable-linger', system.userName]);
    return {
      notes: lingers.status === 0 ? [] : [sentences.noLinger(system.userName)],
      asides: [sentences.systemd(unit)],
    };
  }
  await system.files.remove(unitFile(unit, system));
  const line = cronLine(place.alwaysUp);
  const before = await readCrontab(system);
  const written = before !== undefined && (await system.run('crontab', ['-'], withLine(before, line))).status === 0;
  if (!written) return { notes: [sentences.none(place.alwaysUp)], asides: [] };
  const notes = system.runsAny(CRON_DAEMONS) === false ? [sentences.noCron] : [];
  return { notes, asides: [sentences.cron(line)] };
}

/** Takes back whatever of it was set up, then or by hand as documented. */
export async function removeAutostart(place: Place, system: System): Promise<void> {
  if (system.platform === 'win32') return removeTask(place, system);
  const unit = unitName(place.folder);
  if (await system.files.exists(unitFile(unit, system))) {
    await system.run('systemctl', ['--user', 'disable', unit]);
    await system.files.remove(unitFile(unit, system));
    await system.run('systemctl', ['--user', 'daemon-reload']);
  }
  const crontab = withoutLine((await readCrontab(system)) ?? '', cronLine(place.alwaysUp));
  if (crontab === undefined) return;
  await (crontab === '' ? system.run('crontab', ['-r']) : system.run('crontab', ['-'], crontab));
}

async function enableUnit({ folder, launch }: Place, unit: string, system: System): Promise<boolean> {
  // Fails where this user has no service manager of his own.
  if ((await system.run('systemctl', ['--user', 'show-environment'])).status !== 0) return false;
  const file = unitFile(unit, system);
  await system.files.makeFolder(posix.dirname(file), 0o755);
  await system.files.write(`${file}.new`, systemdUnit(folder, launch), 0o644);
  await system.files.rename(`${file}.new`, file);
  const reloaded = await system.run('systemctl', ['--user', 'daemon-reload']);
  return reloaded.status === 0 && (await system.run('systemctl', ['--user', 'enable', unit])).status === 0;
}

function unitFile(unit: string, { environment, homeFolder }: System): string {
  const configuration = environment.XDG_CONFIG_HOME || posix.join(homeFolder, '.config');
  return posix.join(configuration, 'systemd', 'user', unit);
}

/** Empty where the user has none yet, which crontab tells by a status of 1; undefined where there is no cron. */
async function readCrontab(system: System): Promise<string | undefined> {
  const { status, output, errors } = await system.run('crontab', ['-l']);
  if (status === 0) return output;
  return status === 1 && /no crontab/i.test(errors) ? '' : undefined;
}

async function makeTask(place: Place, sentences: ActSentences['autostart'], system: System): Promise<AutostartOutcome> {
  const { USERDOMAIN: domain } = system.environment;
  const user = domain === undefined ? system.userName : `${domain}\\${system.userName}`;
  const file = `${place.alwaysUp}.xml`;
  await system.files.write(file, taskFile(place.alwaysUp, user), 0o644);
  const made = await system.run('schtasks', ['/create', '/tn', TASK_NAME, '/xml', file, '/f']);
  await system.files.remove(file);
  if (made.status === 0) return { notes: [], asides: [sentences.task(TASK_NAME)] };
  return { notes: [sentences.noTask(made.errors.trim() || `schtasks: ${made.status}`)], asides: [] };
}

async function removeTask({ alwaysUp }: Place, system: System): Promise<void> {
  const shown = await system.run('schtasks', ['/query', '/tn', TASK_NAME, '/xml']);
  // The name is the documented one for all: another installation's task stays.
  if (shown.status === 0 && isTaskOf(shown.output, alwaysUp)) {
    await system.run('schtasks', ['/delete', '/tn', TASK_NAME, '/f']);
  }
}
