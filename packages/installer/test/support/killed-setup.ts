import { once } from 'node:events';
import { install } from '../../src/acts/install.ts';
import { realFiles } from '../../src/acts/real-files.ts';
import { uninstall } from '../../src/acts/uninstall.ts';
import { planFor, standInSystem } from './made-up-installation.ts';

// An act that is killed for good (kill -9): a setup as soon as what ran has been stopped, before any file has taken its place; a
// removal as soon as it waits for a payment, which it says.
const [act = '', root = '', folder = '', port = ''] = process.argv.slice(2);
const die = async () => {
  process.kill(process.pid, 'SIGKILL');
  await once(process, 'never');
};
const system = standInSystem(root);
if (act === 'removal') await uninstall({ folder, purge: true, language: 'en' }, system, die);
else await install(planFor(folder, Number(port)), { ...system, files: { ...realFiles, rename: die } });
