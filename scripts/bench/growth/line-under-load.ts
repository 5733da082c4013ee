import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pause } from '@hipay-ecr/shared/clock.ts';
import { freePort } from '@hipay-ecr/simulator/demo/free-port.ts';
import { realClock } from '@hipay-ecr/simulator/real-clock.ts';
import { housekeepingLimits } from '../../../packages/service/src/housekeeping.ts';
import { compileDiskFaults, Disk } from '../../torture-processes/disk.ts';
import { EnquiringTerminal } from '../enquiring-terminal.ts';
import { type EnquiryCost, enquiryCostOf } from '../enquiry-cost.ts';
import { gatewayUrl, Rig, type RigOptions } from '../rig.ts';
import { makeFolder, removeFolder } from './data-folder.ts';
import { madeUpWaiting } from './made-up-payments.ts';

const WAITING = 1_000;
const SYNC_MS = 100;
/** So often the terminal speaks up: far more than any does, and yet by itself no load. */
const EVERY_MS = 4;
const DAY_MS = 24 * 3600_000;

/** A service whose terminal only enquires, while something else goes on in it. */
class EnquiredRig {
  readonly rig: Rig;
  readonly #terminal: EnquiringTerminal;
  readonly startedMs = performance.now();

  private constructor(rig: Rig, terminal: EnquiringTerminal) {
    this.rig = rig;
    this.#terminal = terminal;
  }

  static async start(options: RigOptions): Promise<EnquiredRig> {
    const terminal = await EnquiringTerminal.open();
    return new EnquiredRig(await Rig.start({ ...options, serialPort: terminal.path }), terminal);
  }

  async enquireUntil(isOver: () => boolean): Promise<EnquiryCost> {
    const tookMs: number[] = [];
    while (!isOver()) {
      await pause(realClock, EVERY_MS);
      tookMs.push(await this.#terminal.enquire());
    }
    return enquiryCostOf(tookMs);
  }

  enquireFor(ms: number): Promise<EnquiryCost> {
    const untilMs = performance.now() + ms;
    return this.enquireUntil(() => performance.now() > untilMs);
  }

  async close(): Promise<void> {
    await this.rig.stop();
    await this.#terminal.close();
  }
}

/** Calls again and again until it is told to stop. */
function repeatedly(act: (n: number) => Promise<unknown>): { stop(): Promise<void> } {
  let stopped = false;
  const over = (async () => {
    for (let n = 0; !stopped; n++) await act(n);
  })();
  return {
    stop() {
      stopped = true;
      return over;
    },
  };
}

/** While the journal is read through, and while reports are made of its days. */
export async function besideBigJournal(
  folder: string,
  forMs: number,
): Promise<{ verifying: EnquiryCost; reporting: EnquiryCost }> {
  const house = await EnquiredRig.start({ folder });
  try {
    const verifying = await house.enquireFor(forMs);
    const reports = repeatedly((n) => {
      const date = new Date(Date.now() - (2 + (n % 300)) * DAY_MS).toISOString().slice(0, 10);
      return house.rig.drain(`/report?date=${date}`, n % 2 === 0 ? 'application/json' : 'text/csv');
    });
    const reporting = await house.enquireFor(forMs);
    await reports.stop();
    return { verifying, reporting };
  } finally {
    await house.close();
  }
}

/** While a thousand registrations go out; and then while what was written of it is moved from the log into its file. */
export function besideOutbox(): { flushing: Promise<EnquiryCost>; maintaining: Promise<EnquiryCost> } {
  const flushed = Promise.withResolvers<EnquiryCost>();
  const maintaining = flushThenMaintain(flushed.resolve);
  maintaining.catch(flushed.reject);
  return { flushing: flushed.promise, maintaining };
}

async function flushThenMaintain(flushed: (cost: EnquiryCost) => void): Promise<EnquiryCost> {
  const port = await freePort();
  const folder = await makeFolder(madeUpWaiting(WAITING, gatewayUrl(port)));
  const house = await EnquiredRig.start({ folder, hipay: { port, isAway: false } });
  try {
    flushed(await enquireWhileFlushing(house));
    await pause(realClock, housekeepingLimits.maintainEveryMs - 500 - (performance.now() - house.startedMs));
    return await house.enquireFor(2_000);
  } finally {
    await house.close();
    await removeFolder(folder);
  }
}

/** The same on a disk whose every sync takes so long; undefined where this machine cannot have such a disk. */
export async function besideSlowDisk(forMs: number): Promise<EnquiryCost | undefined> {
  const made = await mkdtemp(join(tmpdir(), 'bench-disk-'));
  const compiled = await compileDiskFaults(made);
  if ('reason' in compiled) {
    console.log(`  (${compiled.reason})`);
    return undefined;
  }
  const port = await freePort();
  const folder = await makeFolder(madeUpWaiting(WAITING, gatewayUrl(port)));
  const disk = new Disk(folder, made, compiled.library);
  const house = await EnquiredRig.start({ folder, hipay: { port, isAway: false }, environment: disk.environment });
  try {
    disk.fail({ kind: 'slow_syncs', ms: SYNC_MS });
    return await house.enquireFor(forMs);
  } finally {
    disk.heal();
    await house.close();
    await removeFolder(folder);
    await rm(made, { recursive: true });
  }
}

async function enquireWhileFlushing(house: EnquiredRig): Promise<EnquiryCost> {
  let waiting = true;
  const looking = (async () => {
    while (waiting) {
      await pause(realClock, 500);
      const { outbox } = (await house.rig.call('GET', '/health')) as { outbox: { waiting: number } };
      waiting = outbox.waiting > 0;
    }
  })();
  const cost = await house.enquireUntil(() => !waiting);
  await looking;
  return cost;
}
