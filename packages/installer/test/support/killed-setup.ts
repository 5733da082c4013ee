import { once } from 'node:events';
import { install } from '../../src/acts/install.ts';
import { realFiles } from '../../src/acts/real-files.ts';
import { planFor, standInSystem } from './made-up-installation.ts';

// A setup that is killed for good (kill -9) as soon as what ran has been stopped, before any file has taken its place.
const [root = '', folder = '', port = ''] = process.argv.slice(2);
const rename = async () => {
  process.kill(process.pid, 'SIGKILL');
  await once(process, 'never');
};
await install(planFor(folder, Number(port)), { ...standInSystem(root), files: { ...realFiles, rename } });
