import type { LineListener } from '@hipay-ecr/shared/concert/line.ts';
import { passTime } from '@hipay-ecr/shared/concert/test-pair.ts';
import { ManualClock } from '@hipay-ecr/shared/manual-clock.ts';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { LineKeeper } from './line-keeper.ts';
import type { OpenedLine } from './open-line.ts';

let clock: ManualClock;
let attemptsMs: number[];
let told: string[];
let closedLines: number;

beforeEach(() => {
  clock = new ManualClock();
  attemptsMs = [];
  told = [];
  closedLines = 0;
});

const opened: () => OpenedLine = () => ({
  line: { write() {}, close: () => closedLines++ },
  device: { port: 'port', identity: 'device' },
});

/** A keeper whose every attempt goes as the test says. */
function keeper(open: (listener: LineListener) => Promise<OpenedLine>): LineKeeper {
  const opening = (listener: LineListener) => {
    attemptsMs.push(clock.monotonicMs());
    return open(listener);
  };
  return new LineKeeper(clock, opening, {
    opened: () => told.push('opened'),
    bytes: (bytes) => told.push(`bytes ${[...bytes].join(' ')}`),
    lost: (reason) => told.push(`lost: ${reason}`),
    failed: (reason) => told.push(`failed: ${reason}`),
  });
}

describe('the pauses between attempts', () => {
  test('grow to ten seconds while the line is absent', async () => {
    await keeper(() => Promise.reject(new Error('not there'))).start();
    await passTime(clock, 30_000);
    expect(attemptsMs).toEqual([0, 500, 1_500, 3_500, 8_500, 18_500, 28_500]);
    expect(told).toEqual(attemptsMs.map(() => 'failed: not there'));
  });

  test('grow also while the line is lost as soon as it opens', async () => {
    const closesAtOnce = async (listener: LineListener) => {
      clock.after(10, () => listener.closed('somebody else is served'));
      return opened();
    };
    await keeper(closesAtOnce).start();
    await passTime(clock, 20_000);
    expect(attemptsMs).toEqual([0, 510, 1_520, 3_530, 8_540, 18_550]);
  });

  test('begin anew after a line that stayed open', async () => {
    const stays = async (listener: LineListener) => {
      clock.after(10_000, () => listener.closed('unplugged'));
      return opened();
    };
    await keeper(stays).start();
    await passTime(clock, 35_000);
    expect(attemptsMs).toEqual([0, 10_500, 21_000, 31_500]);
  });
});

describe('tried now, for somebody waits', () => {
  test('a failure leaves the pauses as they were', async () => {
    const kept = keeper(() => Promise.reject(new Error('not there')));
    await kept.start();
    await passTime(clock, 4_000);
    for (let time = 0; time < 3; time++) {
      expect(kept.tryNow()).toBe(true);
      await passTime(clock, 0);
    }
    await passTime(clock, 16_000);
    expect(attemptsMs).toEqual([0, 500, 1_500, 3_500, 4_000, 4_000, 4_000, 8_500, 18_500]);
  });

  test('a line that opens is looked for no longer', async () => {
    let isThere = false;
    const kept = keeper(async () => {
      if (!isThere) throw new Error('not there');
      return opened();
    });
    await kept.start();
    await passTime(clock, 4_000);
    isThere = true;
    expect(kept.tryNow()).toBe(true);
    await passTime(clock, 60_000);
    expect(kept.tryNow()).toBe(false);
    expect(attemptsMs).toEqual([0, 500, 1_500, 3_500, 4_000]);
    expect(told.filter((what) => what === 'opened')).toHaveLength(1);
  });

  test('an attempt under way is joined, and no pause that ends meanwhile begins a second one', async () => {
    let endAttempt = () => {};
    const kept = keeper(async () => {
      if (attemptsMs.length > 1) await new Promise<void>((resolve) => (endAttempt = resolve));
      throw new Error('not there');
    });
    await kept.start();
    for (let time = 0; time < 2; time++) expect(kept.tryNow()).toBe(true);
    await passTime(clock, 2_000);
    expect([attemptsMs, told]).toEqual([[0, 0], ['failed: not there']]);
    endAttempt();
    await passTime(clock, 2_000);
    expect(attemptsMs).toEqual([0, 0, 3_000]);
  });

  test('stopped: it is not tried', async () => {
    const kept = keeper(() => Promise.reject(new Error('not there')));
    await kept.start();
    kept.stop();
    expect(kept.tryNow()).toBe(false);
    await passTime(clock, 0);
    expect(attemptsMs).toEqual([0]);
  });
});

test('what an eager line tells while it opens comes after its opening, in order', async () => {
  let attempts = 0;
  const eager = async (listener: LineListener) => {
    if (attempts++ > 0) throw new Error('gone');
    listener.bytes(Uint8Array.of(5));
    listener.closed('unplugged');
    return opened();
  };
  await keeper(eager).start();
  expect(told).toEqual(['opened', 'bytes 5', 'lost: unplugged']);
  await passTime(clock, 500);
  expect(told.at(-1)).toBe('failed: gone');
});

test('what a line tells after it was lost is not heard, nor is a second loss', async () => {
  const listeners: LineListener[] = [];
  await keeper(async (listener) => {
    listeners.push(listener);
    return opened();
  }).start();
  listeners[0]?.closed('error');
  listeners[0]?.closed('close');
  await passTime(clock, 500);
  listeners[0]?.bytes(Uint8Array.of(1));
  listeners[1]?.bytes(Uint8Array.of(2));
  expect(told).toEqual(['opened', 'lost: error', 'opened', 'bytes 2']);
  expect(attemptsMs).toEqual([0, 500]);
});

describe('stopped', () => {
  test('an open line is closed, in silence', async () => {
    const listeners: LineListener[] = [];
    const kept = keeper(async (listener) => {
      listeners.push(listener);
      return opened();
    });
    await kept.start();
    kept.stop();
    listeners[0]?.closed('closed');
    await passTime(clock, 60_000);
    expect([told, closedLines, attemptsMs]).toEqual([['opened'], 1, [0]]);
  });

  test('an absent line is not looked for any more', async () => {
    const kept = keeper(() => Promise.reject(new Error('not there')));
    await kept.start();
    kept.stop();
    await passTime(clock, 60_000);
    expect(attemptsMs).toEqual([0]);
  });

  test('a line that opens afterwards is closed', async () => {
    const { promise, resolve } = Promise.withResolvers<OpenedLine>();
    const kept = keeper(() => promise);
    const started = kept.start();
    kept.stop();
    resolve(opened());
    await started;
    expect([told, closedLines]).toEqual([[], 1]);
  });
});
