import type { Clock } from '@hipay-ecr/shared/clock.ts';
import { pause } from '@hipay-ecr/shared/clock.ts';
import type { Prompter } from '../prompter.ts';
import type { PluggedPort } from './plugged-port.ts';
import { portLimits } from './port-limits.ts';

interface FindWorld {
  clock: Clock;
  listPorts(): Promise<PluggedPort[]>;
}

/** The port that appears when the terminal is plugged in; undefined where the person gave up. */
export async function findByPlugging(
  prompter: Prompter,
  { clock, listPorts }: FindWorld,
  messages: { unplug: string; plug: string },
): Promise<PluggedPort | undefined> {
  await prompter.enter(messages.unplug);
  const before = new Set((await listPorts()).map(({ path }) => path));
  const over = new AbortController();
  const search = async () => {
    while (!over.signal.aborted) {
      const found = (await listPorts()).find(({ path }) => !before.has(path));
      if (found !== undefined) return found;
      await pause(clock, portLimits.lookEveryMs);
    }
    return undefined;
  };
  const searching = search().finally(() => over.abort());
  try {
    if (await prompter.enter(messages.plug, over.signal)) over.abort();
    return await searching;
  } finally {
    over.abort();
  }
}
