import type { Place } from './place.ts';
import type { System } from './system.ts';

/** What the service said of itself when it began to serve tills. It may be long gone. */
export async function readRunningFile(
  { runningFile }: Place,
  { files }: Pick<System, 'files'>,
): Promise<{ pid: number; port?: number } | undefined> {
  try {
    const { pid, port } = JSON.parse((await files.read(runningFile)) ?? '') as { pid?: unknown; port?: unknown };
    if (typeof pid !== 'number') return undefined;
    return { pid, ...(typeof port === 'number' && { port }) };
  } catch {
    return undefined;
  }
}

/** Whether that process is there and keeps this place's service up: others may name launch, too, or have got the number of one that is gone. */
export async function isKeeper(pid: number, { launch }: Place, system: System): Promise<boolean> {
  return system.isRunning(pid, `${await system.files.realPath(launch)} --foreground`);
}

/** The processes of the service and of what keeps it up, as far as they are there. */
export async function liveProcesses(place: Place, system: System): Promise<number[]> {
  const service = (await readRunningFile(place, system))?.pid ?? 0;
  const keeper = await readKeeperFile(place, system);
  return [
    ...(system.isRunning(service, await system.files.realPath(place.binFolder)) ? [service] : []),
    ...((await isKeeper(keeper, place, system)) ? [keeper] : []),
  ];
}

/** Whether any process is there that keeps this place's service up. */
export async function isKeptUp(place: Place, system: System): Promise<boolean> {
  return isKeeper(await readKeeperFile(place, system), place, system);
}

/** The process that keeps the service up, as it wrote it down. */
export async function readKeeperFile({ keeperFile }: Place, { files }: Pick<System, 'files'>): Promise<number> {
  return Number.parseInt((await files.read(keeperFile)) ?? '', 10) || 0;
}
