import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import { timesIn } from './code-copy.ts';
import { plantedFaults } from './faults.ts';
import { moreFaults } from './more-faults.ts';

const root = new URL('../../', import.meta.url);
const faults = [...plantedFaults, ...moreFaults].map(({ name, changes }) => ({ name, changes }));

describe('what a planted fault replaces stands in the source, once', () => {
  test.each(faults)('$name', ({ changes }) => {
    for (const { file, from } of changes) {
      const source = readFileSync(fileURLToPath(new URL(file, root)), 'utf8');
      expect({ file, from, times: timesIn(source, from) }).toEqual({ file, from, times: 1 });
    }
  });
});

test('no text stands there twice unnoticed', () => {
  expect(timesIn('one text, and one more', 'one')).toBe(2);
});
