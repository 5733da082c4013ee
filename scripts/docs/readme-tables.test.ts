import { readFileSync } from 'node:fs';
import { withTables } from './readme-tables.ts';

const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');

test('the tables in the README are those of the code (npm run docs writes them)', () => {
  expect(withTables(readme)).toBe(readme);
});

test('a README without a place for a table is an error that names it', () => {
  expect(() => withTables('# Nothing')).toThrow(/<!-- scenarios -->/);
});
