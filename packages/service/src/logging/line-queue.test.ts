import { ManualClock } from '@hipay-ecr/shared/manual-clock.ts';
import { LineQueue, type LogLine, textOf } from './line-queue.ts';
import { logLimits } from './log-limits.ts';

/** A disk that does what the test says. */
class ScriptedDisk {
  readonly written: string[] = [];
  readonly #pending: PromiseWithResolvers<void>[] = [];
  readonly write = (lines: LogLine[]): Promise<void> => {
    const pending = Promise.withResolvers<void>();
    this.#pending.push(pending);
    return pending.promise.then(() => void this.written.push(textOf(lines)));
  };
  get underWay(): number {
    return this.#pending.length;
  }
  async does(): Promise<void> {
    this.#pending.shift()?.resolve();
    await turn();
  }
  async fails(message: string): Promise<void> {
    this.#pending.shift()?.reject(new Error(message));
    await turn();
  }
}

const turn = () => new Promise((resolve) => setImmediate(resolve));
const line = (text: string, day = '2026-01-05'): LogLine => ({ day, text });

describe('lines on their way', () => {
  let clock: ManualClock;
  let disk: ScriptedDisk;
  let said: [string | undefined, number][];
  let queue: LineQueue;
  beforeEach(() => {
    clock = new ManualClock();
    disk = new ScriptedDisk();
    said = [];
    queue = new LineQueue(disk.write, clock, (problem, lost) => void said.push([problem, lost]));
  });

  test('one write at a time; what comes meanwhile goes together; those of another day apart', async () => {
    for (const text of ['a', 'b', 'c']) queue.push(line(text));
    queue.push(line('d', '2026-01-06'));
    expect(disk.underWay).toBe(1);
    for (let n = 0; n < 3; n += 1) await disk.does();
    expect(disk.written).toEqual(['a', 'bc', 'd']);
  });

  test('a disk that does not answer: memory is bounded, nobody waits, and the loss is told', async () => {
    const kilobyte = 'x'.repeat(1_024);
    for (let n = 0; n < 3_000; n += 1) queue.push(line(kilobyte));
    expect(textOf(queue.takeUnwritten()).length).toBeLessThanOrEqual(logLimits.waitingCharacters);
    expect(disk.underWay).toBe(1);
    await disk.does();
    expect(said).toEqual([[undefined, 3_000 - logLimits.waitingCharacters / 1_024]]);
  });

  test('a full disk: told once, tried again by the clock, and nothing of what waited is lost', async () => {
    queue.push(line('a'));
    await disk.fails('ENOSPC');
    queue.push(line('b'));
    expect([queue.problem, disk.underWay]).toEqual(['ENOSPC', 0]);
    clock.advance(logLimits.againMs);
    await disk.fails('ENOSPC');
    clock.advance(logLimits.againMs);
    await disk.does();
    expect(disk.written).toEqual(['ab']);
    expect(queue.problem).toBeUndefined();
    expect(said).toEqual([
      ['ENOSPC', 0],
      [undefined, 0],
    ]);
  });

  test('room is given back: as much again can wait after a failure and its end', async () => {
    const full = 'x'.repeat(logLimits.waitingCharacters);
    for (const _ of [1, 2, 3]) {
      queue.push(line(full));
      await disk.fails('ENOSPC');
      clock.advance(logLimits.againMs);
      await disk.does();
    }
    expect(disk.written).toHaveLength(3);
    expect(said.map(([, lost]) => lost)).toEqual([0, 0, 0, 0, 0, 0]);
  });

  test('drained: at once where nothing waits, else when it is written or has failed; it tries what had failed', async () => {
    await queue.drained();
    queue.push(line('a'));
    const drained = queue.drained();
    await disk.fails('EIO');
    await drained;
    const again = queue.drained();
    await disk.does();
    await again;
    expect(disk.written).toEqual(['a']);
  });
});
