import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ManualClock } from '@hipay-ecr/shared/manual-clock.ts';
import { afterEach, describe, expect, test } from '@jest/globals';
import { accepted, answered, asked, notSent, TestFolders } from './journal.fixture.ts';
import { journalOver, openJournal } from './journal.ts';
import { journalFile, setJournalAside } from './journal-files.ts';
import { filled, using } from './journal-on-disk.fixture.ts';
import { SqliteStore } from './sqlite-store.ts';

const folders = new TestFolders();
afterEach(() => folders.removeAll());

describe('a journal on disk', () => {
  test('is all there when it is opened again', async () => {
    const folder = join(folders.make(), 'data');
    const before = await using(folder, async (journal) => {
      await journal.append('P1', [accepted(), asked('0000000001')]);
      return journal.append('P1', [answered('0')]);
    });
    const after = await using(folder, (journal) => journal.payment('P1'));
    expect(after).toEqual(before);
  });

  test('is there after the process ended without closing it', async () => {
    const folder = folders.make();
    const left = journalOver(new SqliteStore(journalFile(folder), 'writer'), new ManualClock());
    const before = await left.append('P1', [accepted(), asked('0000000001')]);
    const image = folders.make();
    for (const companion of ['', '-wal']) {
      writeFileSync(journalFile(image) + companion, readFileSync(journalFile(folder) + companion));
    }
    expect(await using(image, (journal) => journal.lastAsked())).toEqual(before);
    await left.close();
  });

  test('tells the error that ended a reading by itself, not that there is nothing left to end', () => {
    class Ended extends SqliteStore {
      fail(): never {
        // As SQLite itself does after some errors (https://www.sqlite.org/lang_transaction.html, 3).
        this.database.exec('ROLLBACK');
        throw new Error('the disk is full');
      }
    }
    const store = new Ended(journalFile(folders.make()), 'writer');
    expect(() => store.atOneMoment(() => store.fail())).toThrow('the disk is full');
    store.close();
  });

  test('can be read by nobody but its owner', async () => {
    if (process.platform === 'win32') return;
    const folder = join(folders.make(), 'data');
    await using(folder, async (journal) => {
      await journal.append('P1', [accepted()]);
      const modes = ['', '-wal', '-shm'].map((companion) => statSync(journalFile(folder) + companion).mode & 0o777);
      expect(modes).toEqual([0o600, 0o600, 0o600]);
    });
    expect(statSync(folder).mode & 0o777).toBe(0o700);
  });

  test('moves its log into the file when it is closed', async () => {
    const folder = folders.make();
    await filled(folder);
    expect(existsSync(`${journalFile(folder)}-wal`)).toBe(false);
  });

  test('refuses everything once it is closed, and closes once', async () => {
    const journal = await openJournal({ folder: folders.make() });
    await Promise.all([journal.close(), journal.close()]);
    await expect(journal.append('P1', [accepted()])).rejects.toMatchObject({ code: '1107' });
    await expect(journal.list({ limit: 1 })).rejects.toThrow('The journal is closed.');
  });

  test('answers long questions from one moment while payments are written', async () => {
    await using(folders.make(), async (journal) => {
      await journal.append('P1', [accepted()]);
      const writing = Array.from({ length: 100 }, () => journal.append('P1', [{ kind: 'told' }]));
      const reading = Array.from({ length: 50 }, () => journal.list({ limit: 9 }));
      const verifying = Array.from({ length: 20 }, () => journal.verify());
      for (const { items } of await Promise.all(reading)) expect(items).toMatchObject([{ paymentId: 'P1' }]);
      expect((await Promise.all(verifying)).flat()).toEqual([]);
      expect((await Promise.all(writing)).at(-1)).toMatchObject({ version: 101 });
    });
  });

  test('rule 17: long questions hold up no commit, nor what a payment asks: another thread answers them', async () => {
    await using(folders.make(), async (journal) => {
      for (let n = 1; n <= 50; n++) await journal.append(`P${n}`, [accepted(), notSent]);
      const others = () => [
        ...[journal.counts(), journal.verify(), journal.maintain()],
        ...[journal.orphans({ limit: 9 }), journal.parked(9), journal.alarmed(9), journal.facts('P1')],
      ];
      /** Whether what is asked last is answered while some of so many long questions wait. */
      const overtakes = async (lists: number, token: string) => {
        let answered = 0;
        const questions = [...Array.from({ length: lists }, () => journal.list({ limit: 50 })), ...others()];
        const long = questions.map((question) => question.then(() => answered++));
        await Promise.all([
          journal.append(`P${token}`, [accepted(), asked(token)]),
          ...[journal.byToken(token), journal.byOrderId('order-1', 50), journal.payment('P1')],
        ]);
        const before = answered;
        await Promise.all(long);
        expect(answered).toBe(questions.length);
        return before < questions.length;
      };
      // What waits behind them comes last however many they are; what only waits for a slow disk, not where they are more.
      let lists = 200;
      for (; !(await overtakes(lists, String(lists).padStart(10, '0'))); lists *= 2) expect(lists).toBeLessThan(10_000);
    });
  });

  test('can be put aside for a new one, and the old one stays whole', async () => {
    const folder = folders.make();
    await filled(folder);
    const aside = setJournalAside(folder, Date.UTC(2026, 0, 5, 9, 30));
    expect(aside).toBe(join(folder, 'journal-20260105T093000Z.db'));
    expect(await using(folder, (journal) => journal.payment('P1'))).toBeUndefined();
    const old = journalOver(new SqliteStore(aside, 'writer'), new ManualClock());
    expect(await old.payment('P1')).toMatchObject({ state: 'approved' });
    await old.close();
  });
});
