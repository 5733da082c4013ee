import { ManualClock } from '@hipay-ecr/shared/manual-clock.ts';
import { afterEach } from '@jest/globals';
import { TestFolders } from './journal.fixture.ts';
import { journalOver, type KeptJournal, openJournal } from './journal.ts';
import { journalFile } from './journal-files.ts';
import { MemoryStore } from './memory-store.ts';
import { SqliteStore } from './sqlite-store.ts';

/** Journals of every kind, which are closed after each test, and folders for them, which are gone then. */
export function testJournals() {
  const folders = new TestFolders();
  const opened: KeptJournal[] = [];
  afterEach(async () => {
    for (const journal of opened.splice(0)) await journal.close();
    folders.removeAll();
  });
  const inFile = () => new SqliteStore(journalFile(folders.make()), 'writer');
  const kinds: [string, () => Promise<KeptJournal>][] = [
    ['in memory', async () => journalOver(new MemoryStore(), new ManualClock())],
    ['in a file', async () => journalOver(inFile(), new ManualClock())],
    ['in its threads', () => openJournal({ folder: folders.make() })],
  ];
  const keep = (journal: KeptJournal): KeptJournal => {
    opened.push(journal);
    return journal;
  };
  return { folders, kinds, inFile, keep };
}
