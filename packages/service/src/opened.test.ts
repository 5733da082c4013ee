import { expect, test } from '@jest/globals';
import { Opened } from './opened.ts';

test('what was opened last is closed first, each once, and each only when the one before it is closed', async () => {
  const opened = new Opened();
  const closed: string[] = [];
  const { promise: gate, resolve: open } = Promise.withResolvers<void>();
  opened.closeWith(() => void closed.push('lock'));
  opened.closeWith(() => gate.then(() => void closed.push('journal')));
  opened.closeWith(() => void closed.push('line'));
  const closing = opened.close();
  expect(closed).toEqual(['line']);
  open();
  await closing;
  await opened.close();
  expect(closed).toEqual(['line', 'journal', 'lock']);
});

test('one that cannot be closed holds up no other one, and is told', async () => {
  const opened = new Opened();
  const closed: string[] = [];
  opened.closeWith(() => void closed.push('lock'));
  opened.closeWith(() => Promise.reject(new Error('the journal cannot be closed')));
  opened.closeWith(() => {
    throw new Error('the line cannot be closed');
  });
  await expect(opened.close()).rejects.toThrow('the line cannot be closed');
  expect(closed).toEqual(['lock']);
});
