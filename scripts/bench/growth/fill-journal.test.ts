import { afterAll, expect, test } from '@jest/globals';
import { openJournal } from '../../../packages/service/src/journal/journal.ts';
import { makeFolder, removeFolder } from './data-folder.ts';
import { madeUpPayments } from './made-up-payments.ts';

const folders: string[] = [];
afterAll(() => Promise.all(folders.map(removeFolder)));

test('a journal that was filled in bulk is a journal like any other: whole, and its questions are answered', async () => {
  const folder = await makeFolder(madeUpPayments(300, 'http://localhost:9'));
  folders.push(folder);
  const journal = await openJournal({ folder });
  expect(await journal.verify(async () => true)).toEqual([]);
  expect((await journal.list({ limit: 50 })).items).toHaveLength(50);
  expect(await journal.lastAsked()).toBeDefined();
  await journal.close();
});
