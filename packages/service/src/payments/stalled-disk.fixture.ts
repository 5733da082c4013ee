import type { MemoryJournal } from './memory-journal.fixture.ts';
import { settle } from './settle.fixture.ts';

type Method = 'append' | 'writeProblem' | 'byOrderId' | 'byIdempotencyKey' | 'untoldByBody' | 'payment';

interface StalledDisk {
  goOn(): Promise<void>;
}

/** From now on the disk takes its time with these: what is asked of it is done, and told, only once it goes on. */
export function stalls(journal: MemoryJournal, ...methods: Method[]): StalledDisk {
  const { going, goOn } = standstill();
  for (const method of methods) {
    replace(journal, method, async (real) => {
      await going;
      return real();
    });
  }
  return { goOn };
}

/** The next one of these is done at once, and told only once the disk goes on; those after it are told at once. */
export function tellsLate(journal: MemoryJournal, method: Method): StalledDisk {
  const { going, goOn } = standstill();
  let isFirst = true;
  replace(journal, method, async (real) => {
    const isLate = isFirst;
    isFirst = false;
    const found = await real();
    if (isLate) await going;
    return found;
  });
  return { goOn };
}

function standstill(): StalledDisk & { going: Promise<void> } {
  const { promise: going, resolve } = Promise.withResolvers<void>();
  const goOn = async () => {
    resolve();
    await settle();
  };
  return { going, goOn };
}

function replace(
  journal: MemoryJournal,
  method: Method,
  act: (real: () => Promise<unknown>) => Promise<unknown>,
): void {
  const real = journal[method].bind(journal) as (...given: unknown[]) => Promise<unknown>;
  Object.assign(journal, { [method]: (...given: unknown[]) => act(() => real(...given)) });
}
