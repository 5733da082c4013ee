import { ManualClock } from '@hipay-ecr/shared/manual-clock.ts';
import { afterEach, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { FactBody } from '../payments/fact.ts';
import { fold } from '../payments/fold.ts';
import { VersionConflict } from '../payments/version-conflict.ts';
import {
  accepted,
  anOrphan,
  answered,
  asked,
  notSent,
  parked,
  registered,
  registering,
  TestFolders,
  unclear,
} from './journal.fixture.ts';
import { journalOver, type KeptJournal, openJournal } from './journal.ts';
import { journalFile } from './journal-files.ts';
import { MemoryStore } from './memory-store.ts';
import { SqliteStore } from './sqlite-store.ts';

const folders = new TestFolders();
const opened: KeptJournal[] = [];

afterEach(async () => {
  for (const journal of opened.splice(0)) await journal.close();
  folders.removeAll();
});

function keep(journal: KeptJournal): KeptJournal {
  opened.push(journal);
  return journal;
}

const journals: [string, () => Promise<KeptJournal>][] = [
  ['in memory', async () => journalOver(new MemoryStore(), new ManualClock())],
  ['in a file', async () => journalOver(new SqliteStore(journalFile(folders.make()), 'writer'), new ManualClock())],
  ['in its threads', () => openJournal({ folder: folders.make() })],
];

describe.each(journals)('a journal %s', (_where, open) => {
  test('gives back each payment as its facts have it', async () => {
    const journal = keep(await open());
    const running = await journal.append('P1', [accepted(), asked('0000000001')]);
    expect(running).toMatchObject({ paymentId: 'P1', version: 2, state: 'running' });
    const approved = await journal.append('P1', [answered('0'), registering(1)]);
    expect(approved).toMatchObject({ version: 4, state: 'approved', registration: { status: 'registering' } });
    expect(await journal.payment('P1')).toEqual(approved);
    const facts = await journal.facts('P1');
    expect(facts.map(({ kind }) => kind)).toEqual(['accepted', 'asked', 'answered', 'registering']);
    expect(fold(facts)).toEqual(approved);
    expect(await journal.payment('P2')).toBeUndefined();
    expect(await journal.facts('P2')).toEqual([]);
  });

  test('appends nothing where somebody else was first', async () => {
    const journal = keep(await open());
    await journal.append('P1', [accepted()], { ifVersion: 0 });
    await journal.append('P1', [asked('0000000001')], { ifVersion: 1 });
    const late = journal.append('P1', [unclear], { ifVersion: 1 });
    await expect(late).rejects.toBeInstanceOf(VersionConflict);
    await expect(late).rejects.toThrow('Payment P1 has 2 facts, not 1');
    expect(await journal.payment('P1')).toMatchObject({ version: 2, state: 'running' });
  });

  test('finds payments by their token, blank ones never', async () => {
    const journal = keep(await open());
    await journal.append('P1', [accepted(), asked('0000000001')]);
    await journal.append('P2', [accepted(), asked('')]);
    await journal.append('P3', [accepted(), asked('')]);
    expect(await journal.byToken('0000000001')).toMatchObject({ paymentId: 'P1' });
    expect(await journal.byToken('')).toBeUndefined();
    expect(await journal.byToken('0000000002')).toBeUndefined();
  });

  test('rule 5: writes nothing of a payment whose token is taken', async () => {
    const journal = keep(await open());
    await journal.append('P1', [accepted(), asked('0000000001')]);
    const second = journal.append('P2', [accepted(), asked('0000000001')]);
    await expect(second).rejects.toMatchObject({ code: '1107', message: expect.stringContaining('ask again') });
    expect(await journal.payment('P2')).toBeUndefined();
    expect(await journal.facts('P2')).toEqual([]);
    expect(await journal.append('P2', [accepted(), asked('0000000002')])).toMatchObject({ version: 2 });
    expect(await journal.byToken('0000000001')).toMatchObject({ paymentId: 'P1', version: 2 });
  });

  test('knows which payment was asked last, whatever happened to others since', async () => {
    const journal = keep(await open());
    expect(await journal.lastAsked()).toBeUndefined();
    await journal.append('P2', [accepted(), asked('0000000002')]);
    await journal.append('P1', [accepted(), asked('0000000001')]);
    await journal.append('P3', [accepted(), notSent]);
    await journal.append('P2', [answered('0')]);
    expect(await journal.lastAsked()).toMatchObject({ paymentId: 'P1' });
  });

  test('gives the payments of an order, newest first', async () => {
    const journal = keep(await open());
    for (const paymentId of ['P1', 'P2', 'P3']) await journal.append(paymentId, [accepted({ orderId: 'A' })]);
    await journal.append('P4', [accepted({ orderId: 'B' })]);
    const ids = (await journal.byOrderId('A', 2)).map(({ paymentId }) => paymentId);
    expect(ids).toEqual(['P3', 'P2']);
    expect(await journal.byOrderId('C', 2)).toEqual([]);
  });

  test('tells how the payments of an order stand, as their facts do', async () => {
    const journal = keep(await open());
    await journal.append('P1', [accepted(), asked('0000000001'), answered('0'), { kind: 'told' }]);
    const stoodStill = { bootAtMs: 1_000, bootId: 'boot-1', wallAtMs: 0 };
    await journal.append('P2', [{ ...accepted(), ...stoodStill } as FactBody, notSent]);
    await journal.append('P3', [accepted(), asked('0000000003')]);
    const payments = await Promise.all(['P3', 'P2', 'P1'].map((paymentId) => journal.payment(paymentId)));
    expect(payments[1]).toMatchObject({ bootAtMs: 1_000, bootId: 'boot-1', timesStoodStill: true });
    const standing = payments.map((payment) => {
      const { paymentId, acceptedAtMs, bootAtMs, bootId, timesStoodStill } = payment ?? {};
      const { state, decidedAtMs, toldAtMs } = payment ?? {};
      return { paymentId, acceptedAtMs, bootAtMs, bootId, timesStoodStill, state, decidedAtMs, toldAtMs };
    });
    expect(await journal.byOrderId('order-1', 9)).toEqual(standing);
  });

  test('gives what recovery looks at, and counts what people look at', async () => {
    const journal = keep(await open());
    await journal.append('P1', [accepted()]);
    await journal.append('P2', [accepted(), asked('0000000002')]);
    await journal.append('P3', [accepted(), asked('0000000003'), unclear]);
    await journal.append('P4', [accepted(), asked('0000000004'), answered('0')]);
    await journal.append('P5', [accepted(), asked('0000000005'), answered('0'), registering(1)]);
    await journal.append('P6', [accepted(), asked('0000000006'), answered('0'), registering(1), registered]);
    await journal.append('P7', [accepted(), asked('0000000007'), answered('0'), parked]);
    await journal.append('P8', [accepted(), asked('0000000008'), answered('7'), answered('0')]);
    await journal.appendOrphan(anOrphan('bytes'));
    expect((await journal.unfinished()).map(({ paymentId }) => paymentId)).toEqual(['P1', 'P2']);
    expect((await journal.awaitingRegistration(9)).map(({ paymentId }) => paymentId)).toEqual(['P4', 'P5', 'P8']);
    expect((await journal.awaitingRegistration(1)).map(({ paymentId }) => paymentId)).toEqual(['P4']);
    expect(await journal.counts()).toEqual({ unknown: 1, awaitingRegistration: 3, parked: 1, alarms: 1, orphans: 1 });
  });

  test('knows the bytes of an answer again, an orphan or not, within the time given', async () => {
    const journal = keep(await open());
    await journal.append('P1', [accepted(), asked('0000000001'), answered('0', 'answer')]);
    await journal.appendOrphan(anOrphan('orphan'));
    const keptAtMs = (await journal.orphans({ limit: 1 }))[0]?.atMs ?? 0;
    expect(await journal.orphanKept('answer', 0)).toBe(true);
    expect(await journal.orphanKept('orphan', 0)).toBe(true);
    expect(await journal.orphanKept('orphan', keptAtMs)).toBe(true);
    expect(await journal.orphanKept('orphan', keptAtMs + 1)).toBe(false);
    expect(await journal.orphanKept('answer', keptAtMs + 1)).toBe(false);
    expect(await journal.orphanKept('other', 0)).toBe(false);
  });

  test('shows orphans, newest first', async () => {
    const journal = keep(await open());
    for (const bytes of ['one', 'two', 'three']) await journal.appendOrphan(anOrphan(bytes));
    const orphans = await journal.orphans({ limit: 2 });
    expect(orphans.map(({ bytesMasked }) => bytesMasked)).toEqual(['three', 'two']);
    expect(orphans[0]).toMatchObject(anOrphan('three'));
    expect(await journal.orphans({ limit: 9, toMs: 1 })).toEqual([]);
  });

  test('keeps the first word on an orphan; from then on it is not counted', async () => {
    const journal = keep(await open());
    for (const bytes of ['one', 'two', 'three']) await journal.appendOrphan(anOrphan(bytes));
    const orphans = await journal.orphans({ limit: 9 });
    expect(orphans.map(({ orphanId, bytesMasked }) => [orphanId, bytesMasked])).toEqual([
      [3, 'three'],
      [2, 'two'],
      [1, 'one'],
    ]);
    const word = { note: 'on the ticket', by: 'Anna' };
    const said = await journal.acknowledgeOrphan(2, word);
    expect(said).toEqual({ ...orphans[1], acknowledged: { ...word, atMs: expect.any(Number) } });
    expect(await journal.acknowledgeOrphan(2, { note: 'no', by: 'Bea' })).toEqual(said);
    expect(await journal.acknowledgeOrphan(4, word)).toBeUndefined();
    expect(await journal.counts()).toMatchObject({ orphans: 2 });
    expect(await journal.orphans({ limit: 9 })).toEqual([orphans[0], said, orphans[2]]);
    const open_ = await journal.orphans({ onlyOpen: true, limit: 9 });
    expect(open_.map(({ orphanId }) => orphanId)).toEqual([3, 1]);
    expect(await journal.orphans({ onlyOpen: true, limit: 1, skip: 1 })).toEqual([orphans[2]]);
    expect(await journal.orphanKept('two', 0)).toBe(true);
  });

  test('lists page by page, undisturbed by what is added meanwhile', async () => {
    const journal = keep(await open());
    const paymentIds = Array.from({ length: 7 }, (_, i) => `P${i}`);
    for (const paymentId of paymentIds) await journal.append(paymentId, [accepted()]);
    const seen: string[] = [];
    for (let cursor: string | undefined, pages = 0; pages === 0 || cursor !== undefined; pages += 1) {
      const page = await journal.list({ limit: 3, ...(cursor === undefined ? {} : { cursor }) });
      seen.push(...page.items.map(({ paymentId }) => paymentId));
      cursor = page.next;
      await journal.append(`Q${pages}`, [accepted()]);
    }
    expect(seen).toEqual(paymentIds.reverse());
  });

  test('lists by order, state and time together', async () => {
    const journal = keep(await open());
    await journal.append('P1', [accepted({ orderId: 'A' }), asked('0000000001'), unclear]);
    await journal.append('P2', [accepted({ orderId: 'A' }), notSent]);
    await journal.append('P3', [accepted({ orderId: 'B' }), asked('0000000003'), unclear]);
    const atMs = (await journal.payment('P3'))?.acceptedAtMs ?? 0;
    const ids = async (filter: object) => {
      const { items, next } = await journal.list({ limit: 9, ...filter });
      expect(next).toBeUndefined();
      return items.map(({ paymentId }) => paymentId);
    };
    expect(await ids({})).toEqual(['P3', 'P2', 'P1']);
    expect(await ids({ orderId: 'A' })).toEqual(['P2', 'P1']);
    expect(await ids({ outcome: 'unknown' })).toEqual(['P3', 'P1']);
    expect(await ids({ orderId: 'A', outcome: 'unknown' })).toEqual(['P1']);
    expect(await ids({ fromMs: atMs + 1 })).toEqual([]);
    expect(await ids({ fromMs: atMs, toMs: atMs + 1 })).toContain('P3');
    expect(await ids({ toMs: atMs })).not.toContain('P3');
  });

  test('says so where a cursor is none of its own', async () => {
    const journal = keep(await open());
    const list = journal.list({ limit: 1, cursor: 'nonsense' });
    await expect(list).rejects.toMatchObject({ code: '1100', message: expect.stringContaining("'nonsense'") });
  });

  test('keeps what it is given in order, where many append at once', async () => {
    const journal = keep(await open());
    await journal.append('P1', [accepted()]);
    const told: FactBody = { kind: 'told' };
    const versions = await Promise.all(Array.from({ length: 20 }, () => journal.append('P1', [told])));
    expect(versions.map(({ version }) => version)).toEqual(Array.from({ length: 20 }, (_, i) => i + 2));
    expect(await journal.payment('P1')).toMatchObject({ version: 21 });
  });

  test('finds itself sound, and stays usable after that and after maintenance', async () => {
    const journal = keep(await open());
    await journal.append('P1', [accepted(), asked('0000000001')]);
    await journal.maintain();
    expect(await journal.verify()).toEqual([]);
    expect(await journal.append('P1', [answered('0')])).toMatchObject({ state: 'approved' });
  });

  test('takes a bug for a bug', async () => {
    const journal = keep(await open());
    await expect(journal.append('P1', [asked('0000000001')])).rejects.toThrow("begins with 'asked'");
    await expect(journal.append('P1', [])).rejects.toThrow('Bug: nothing to append');
    expect(await journal.facts('P1')).toEqual([]);
  });
});

describe('random facts in random commits', () => {
  const later = fc.constantFrom<FactBody>(
    answered('0'),
    answered('7', 'other'),
    unclear,
    registering(1),
    registered,
    parked,
    { kind: 'told' },
    { kind: 'traced', lines: ['ENQ'] },
    { kind: 'settled', outcome: 'refused', note: 'n', by: 'b' },
  );
  const commit = fc.record({ payment: fc.nat(3), facts: fc.array(later, { minLength: 1, maxLength: 3 }) });

  test.each(journals.slice(0, 2))('%s: every answer of the journal is the fold of its facts', async (_where, open) => {
    await fc.assert(
      fc.asyncProperty(fc.array(commit, { maxLength: 20 }), async (commits) => {
        const journal = await open();
        const written = new Map<string, FactBody[]>();
        for (const { payment, facts } of commits) {
          const paymentId = `P${payment}`;
          const before = written.get(paymentId) ?? [];
          const begin = before.length === 0 ? [accepted(), asked(`000000000${payment}`)] : [];
          const after = await journal.append(paymentId, [...begin, ...facts], { ifVersion: before.length });
          written.set(paymentId, [...before, ...begin, ...facts]);
          expect(after).toEqual(await journal.payment(paymentId));
        }
        for (const [paymentId, bodies] of written) {
          const facts = await journal.facts(paymentId);
          expect(facts).toEqual(bodies.map((body) => ({ ...body, paymentId, atMs: expect.any(Number) })));
          expect(await journal.payment(paymentId)).toEqual(fold(facts));
        }
        const { items } = await journal.list({ limit: 100 });
        expect(items.map(({ paymentId }) => paymentId).sort()).toEqual([...written.keys()].sort());
        expect(await journal.verify()).toEqual([]);
        await journal.close();
      }),
      { numRuns: 40 },
    );
  });
});

test('rule 18: journal time never runs back, not even over a restart', async () => {
  const folder = folders.make();
  const clock = new ManualClock(2_000_000);
  const first = journalOver(new SqliteStore(journalFile(folder), 'writer'), clock);
  await first.append('P1', [accepted()]);
  clock.setWall(3_000_000);
  await first.appendOrphan(anOrphan('bytes'));
  clock.setWall(1_000_000);
  await first.append('P1', [notSent]);
  await first.close();
  const second = keep(journalOver(new SqliteStore(journalFile(folder), 'writer'), clock));
  await second.append('P2', [accepted()]);
  clock.setWall(4_000_000);
  await second.append('P2', [notSent]);
  const times = [...(await second.facts('P1')), ...(await second.facts('P2'))].map(({ atMs }) => atMs);
  expect(times).toEqual([2_000_000, 3_000_000, 3_000_000, 4_000_000]);
});

describe('a journal of years', () => {
  class CountingStore extends MemoryStore {
    factsRead = 0;
    override factsOf(paymentId: string) {
      this.factsRead += 1;
      return super.factsOf(paymentId);
    }
  }

  test('reads no fact to tell how the payments of an order stand, or that none in these words is untold', async () => {
    const store = new CountingStore();
    const journal = journalOver(store, new ManualClock());
    for (let day = 1; day <= 400; day++) {
      await journal.append(`P${day}`, [
        accepted(),
        asked(String(day).padStart(10, '0')),
        answered('0'),
        { kind: 'told' },
      ]);
    }
    const restarted = keep(journalOver(store, new ManualClock()));
    store.factsRead = 0;
    expect(await restarted.byOrderId('order-1', 50)).toHaveLength(50);
    expect(await restarted.untoldByBody('digest')).toBeUndefined();
    expect(store.factsRead).toBe(0);
  });
});
