import { expect, test } from '@jest/globals';
import { loadOnce } from './load-once.ts';

test('loaded once, however often and however soon it is asked for', async () => {
  let loads = 0;
  const load = loadOnce(async () => {
    loads += 1;
    return { loads };
  });
  const [first, second] = await Promise.all([load(), load()]);
  expect(first).toEqual({ loads: 1 });
  expect(second).toBe(first);
  expect(await load()).toBe(first);
});

test('a load that failed is tried again', async () => {
  let isBroken = true;
  const load = loadOnce(async () => {
    if (isBroken) throw new Error('no file descriptors left');
    return 'loaded';
  });
  await expect(load()).rejects.toThrow('no file descriptors left');
  isBroken = false;
  expect(await load()).toBe('loaded');
});
