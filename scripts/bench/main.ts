import { parseArgs } from 'node:util';
import { printGrowth } from './growth/growth.ts';

const { values } = parseArgs({ options: { only: { type: 'string' }, help: { type: 'boolean', short: 'h' } } });
const { only, help } = values;
if (help || (only !== undefined && only !== 'speed' && only !== 'growth')) {
  console.log(
    'npm run bench [-- --only speed|growth]: what a payment costs; what a journal of a million payments does.',
  );
  process.exit(help ? 0 : 2);
}

if (only !== 'growth') await import('./speed.ts');
if (only !== 'speed') await printGrowth();
