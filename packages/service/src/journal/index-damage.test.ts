import { cpSync } from 'node:fs';
import { ManualClock } from '@hipay-ecr/shared/manual-clock.ts';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Ages } from '../payments/ages.ts';
import { centreLimits } from '../payments/centre-limits.ts';
import type { FactBody } from '../payments/fact.ts';
import { accepted, answered, asked, TestFolders } from './journal.fixture.ts';
import { journalOver } from './journal.ts';
import { JournalCore } from './journal-core.ts';
import { journalFile } from './journal-files.ts';
import { change, flip } from './journal-on-disk.fixture.ts';
import { openCore } from './open-core.ts';
import { SqliteStore } from './sqlite-store.ts';
import type { StoreRole } from './store-role.ts';

const folders = new TestFolders();
afterAll(() => folders.removeAll());

const HOUR_MS = 3600_000;
const MENDS = /The index in the journal .* is damaged: .*'tp-manager journal rebuild-index' then derives its index/;
const told: FactBody[] = [{ kind: 'told' }, { kind: 'keyed', idempotencyKey: 'key told A' }];

let sound: string;
/** P1 of order A is paid and told, P2 of order B is paid and nobody was told, P3 runs. */
beforeAll(async () => {
  sound = folders.make();
  const journal = journalOver(new SqliteStore(journalFile(sound), 'writer'), { nowMs: Date.now });
  const words = { orderId: 'order A', idempotencyKey: 'key A' };
  await journal.append('P1', [accepted(words), asked('0000000001'), answered('0'), ...told]);
  await journal.append('P2', [accepted({ orderId: 'order B', bodyDigest: 'B' }), asked('0000000002'), answered('0')]);
  await journal.append('P3', [accepted({ orderId: 'order C' }), asked('0000000003')]);
  await journal.close();
});

function aFolder(): string {
  const folder = folders.make();
  cpSync(journalFile(sound), journalFile(folder));
  return folder;
}

/** What the journal says to each question by which these payments are known again. */
const QUESTIONS: Record<string, (core: JournalCore) => unknown> = {
  'order A': (core) => core.byOrderId('order A', 50, countingNow()).payments,
  'its key': (core) => core.byIdempotencyKey('key A'),
  'the key that was told of it': (core) => core.byIdempotencyKey('key told A'),
  'its token': (core) => core.byToken('0000000001'),
  'the words of B': (core) => core.untoldByBody('B', countingNow(centreLimits.untoldMs)),
};

const countingNow = (windowMs: number = centreLimits.orderDayMs) =>
  new Ages(new ManualClock(Date.now(), 99 * HOUR_MS)).countingFor(windowMs);

/** Opened without what a start verifies, as by a service that had started before. */
function asking<T>(folder: string, ask: (core: JournalCore) => T, role: StoreRole = 'reader'): T {
  const core = new JournalCore(new SqliteStore(journalFile(folder), role), Date.now);
  try {
    return ask(core);
  } finally {
    core.close();
  }
}

describe('rule 19: the index has no checksum, and what it says of an order is held against the facts', () => {
  test.each(Object.entries(QUESTIONS))('undamaged, it gives a payment: %s', (_question, ask) => {
    expect([asking(aFolder(), ask)].flat()).toMatchObject([{ state: 'approved' }]);
  });

  const FLIPPED: [tree: string, text: string, question: keyof typeof QUESTIONS][] = [
    ['payment_by_order', 'approved', 'order A'],
    ['payment_by_order', 'order A', 'order A'],
    ['payment', 'approved', 'order A'],
    ['payment', 'order A', 'order A'],
    ['payment_by_key', 'key A', 'its key'],
    ['payment', 'approved', 'the key that was told of it'],
    ['payment', 'approved', 'the words of B'],
    ['payment_by_time', 'P2', 'the words of B'],
  ];
  test.each(FLIPPED)('one bit in %s, in %s: whoever asks by %s hears of the damage', (tree, text, question) => {
    const folder = aFolder();
    flip(folder, tree, text);
    expect(() => asking(folder, (core) => QUESTIONS[question]?.(core))).toThrow(MENDS);
  });

  test('of an order that the index has lost, what was accepted up to an hour before what decides is missed', () => {
    const folder = aFolder();
    flip(folder, 'payment_by_order', 'order A');
    const since = (ms: number) => () =>
      asking(folder, (core) => core.byOrderId('order A', 50, { ...countingNow(), sinceMs: Date.now() + ms }));
    expect(since(0.9 * HOUR_MS)).toThrow(MENDS);
    expect(since(2 * HOUR_MS)).not.toThrow();
  });

  test('one bit in the index of tokens: the answer belongs to no payment, and is in health', () => {
    const folder = aFolder();
    flip(folder, 'payment_by_token', '0000000003');
    expect(asking(folder, (core) => core.byToken('0000000003'))).toBeUndefined();
    expect(() => asking(folder, (core) => core.byToken('1000000003'))).toThrow(MENDS);
  });

  test('in the table and in its index, the same bit: that they agree proves nothing', () => {
    const folder = aFolder();
    for (const tree of ['payment', 'payment_by_order']) flip(folder, tree, 'approved');
    expect(() => asking(folder, (core) => QUESTIONS['order A']?.(core))).toThrow(MENDS);
  });

  test.each([
    ['a state of another payment', "state = 'refused'"],
    ['a time of years ago', 'decided_at_ms = 1, accepted_at_ms = 1'],
    ['a start of the machine that never was', 'boot_at_ms = 1'],
    ['a place among all facts', 'asked_seq = 99'],
    ['fewer facts', 'version = 3'],
  ])('%s in the row is found, though SQL sees nothing wrong with it', (_what, sql) => {
    const folder = aFolder();
    change(folder, `UPDATE payment SET ${sql} WHERE payment_id = 'P1'`);
    expect(() => asking(folder, (core) => QUESTIONS['order A']?.(core))).toThrow(MENDS);
  });

  test.each([
    ['decided years ago', 'decided_at_ms = 1'],
    ['told before it was asked for', 'told_at_ms = 0'],
  ])('%s, says the row of a payment that nobody was told: by its words it is looked at all the same', (_what, sql) => {
    const folder = aFolder();
    change(folder, `UPDATE payment SET ${sql} WHERE payment_id = 'P2'`);
    expect(() => asking(folder, (core) => QUESTIONS['the words of B']?.(core))).toThrow(MENDS);
  });

  test.each(['order A', 'its key'])('a row that is gone altogether is missed: %s', (question) => {
    const folder = aFolder();
    change(folder, "DELETE FROM payment WHERE payment_id = 'P1'");
    expect(() => asking(folder, (core) => QUESTIONS[question]?.(core))).toThrow(MENDS);
  });

  test('and so is one that was written since the start', () => {
    const folder = aFolder();
    const act = (core: JournalCore): void => {
      core.recall();
      core.append('P4', [accepted({ orderId: 'order D' }), asked('0000000004'), answered('0')]);
      change(folder, "DELETE FROM payment WHERE payment_id = 'P4'");
      expect(() => core.byOrderId('order D', 50)).toThrow(MENDS);
    };
    asking(folder, act, 'writer');
  });

  test('the answer of the terminal is written all the same, and puts the row right', () => {
    const folder = aFolder();
    change(folder, "UPDATE payment SET state = 'opening', asked_seq = 1 WHERE payment_id = 'P3'");
    const act = (core: JournalCore): void => {
      core.append('P3', [answered('0')]);
      expect(core.payment('P3')).toMatchObject({ state: 'approved' });
      expect(core.lastAsked()).toMatchObject({ paymentId: 'P3' });
    };
    asking(folder, act, 'writer');
  });
});

test('rule 19: what is listed is what the facts say, whatever the index says of it', () => {
  const folder = aFolder();
  change(folder, "UPDATE payment SET state = 'refused', alarmed = 1, registration = 'parked' WHERE payment_id = 'P1'");
  const found = asking(folder, (core) => [
    core.payment('P1'),
    core.list({ limit: 9 }).items[2],
    ...core.parked(9),
    ...core.alarmed(9),
  ]);
  expect(found).toHaveLength(4);
  expect(new Set(found.map((payment) => JSON.stringify(payment))).size).toBe(1);
  expect(found[0]).toMatchObject({ paymentId: 'P1', state: 'approved', alarms: [] });
});

describe('rule 19: a start whose index leads past what recovery goes on with is refused', () => {
  test.each([
    ['the state of the payment that runs', "UPDATE payment SET state = 'unknown' WHERE payment_id = 'P3'"],
    ['the payment asked last', "UPDATE payment SET asked_seq = NULL WHERE payment_id = 'P3'"],
    ['its row', "DELETE FROM payment WHERE payment_id = 'P3'"],
    ['a registration that waits', "UPDATE payment SET accepted_at_ms = 1 WHERE payment_id = 'P2'"],
  ])('%s', (_what, sql) => {
    const folder = aFolder();
    change(folder, sql);
    expect(() => openCore({ file: journalFile(folder), role: 'writer' })).toThrow(MENDS);
  });

  test('one bit in the index of states: the payment that runs is none of those without an end', () => {
    const folder = aFolder();
    flip(folder, 'payment_by_state', 'running');
    expect(() => openCore({ file: journalFile(folder), role: 'writer' })).toThrow(MENDS);
  });
});
