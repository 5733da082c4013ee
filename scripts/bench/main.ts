import { parseArgs } from 'node:util';

const { values } = parseArgs({
  options: { only: { type: 'string' }, packaged: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } },
});
const { only, packaged, help } = values;
if (help || (only !== undefined && only !== 'speed' && only !== 'growth')) {
  console.log(`npm run bench: what a payment costs; what a journal of a million payments does.
npm run bench -- --only speed|growth: one of them.
npm run bench -- --packaged: the Linux executable (made by npm run package) against a bare server.`);
  process.exit(help ? 0 : 2);
}

if (packaged) {
  const { packagedCost } = await import('./packaged.ts');
  await packagedCost();
} else {
  if (only !== 'growth') await import('./speed.ts');
  if (only !== 'speed') await (await import('./growth/growth.ts')).printGrowth();
}
