import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const packages = fileURLToPath(new URL('../..', import.meta.url));

test('the executable knows the programs, and no program knows that it is packed into one', () => {
  const sources = globSync('{shared,service,installer,simulator}/src/**/*.ts', { cwd: packages });
  const importing = sources.filter((file) =>
    /from '[^']*executable\//.test(readFileSync(join(packages, file), 'utf8')),
  );
  expect(sources.length).toBeGreaterThan(100);
  expect(importing).toEqual([]);
});
