import { mkdtempSync, realpathSync } from 'node:fs';
import { readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { realClock } from '@hipay-ecr/simulator/real-clock.ts';
import { realSystem } from '../../src/acts/real-system.ts';
import type { System } from '../../src/acts/system.ts';
import type { InstallationPlan } from '../../src/plan.ts';
import { standIn } from './launched.ts';

export const delivered = fileURLToPath(new URL('../../delivered/', import.meta.url));

export function temporaryFolder(): string {
  return realpathSync(mkdtempSync(join(tmpdir(), 'installation-')));
}

/** This machine, on which a stand-in is what is installed, in a home of its own, without systemd and cron. */
export function standInSystem(home: string): System {
  return {
    ...realSystem(realClock),
    homeFolder: home,
    environment: {},
    source: { kind: 'checkout', node: process.execPath, program: standIn, scripts: delivered },
    run: async () => ({ status: undefined, output: '', errors: 'not here' }),
  };
}

export function planFor(folder: string, port: number, values: InstallationPlan['values'] = {}): InstallationPlan {
  return {
    ...{ folder, language: 'en', start: true, autostart: false },
    values: {
      hipay_login: 'shop',
      hipay_password: 'Test_secret',
      serial_port: 'COM1',
      serial_number: 'SN_123',
      local_port: String(port),
      api_username: 'log',
      api_password: 'pwd',
      environment: 'dev',
      authorization_threshold: '100',
      update_time: '03:00',
      'contract.proxy.payment_application': '001',
      'contract.proxy.merchant_id': '1234567',
      'contract.proxy.rank': '001',
      // Nobody answers there.
      hipay_api_url: 'http://127.0.0.1:9/',
      ...values,
    },
  };
}

/** Each file below a folder with its rights and what is in it, but those that the running service writes. */
export async function filesBelow(folder: string): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || /^(launch\.(log|pid)|starts|tp-manager\.running\.json)$/.test(entry.name)) continue;
    const path = join(entry.parentPath, entry.name);
    const { mode } = await stat(path);
    found[path.slice(folder.length + 1)] = `${(mode & 0o777).toString(8)} ${await readFile(path, 'utf8')}`;
  }
  return found;
}

export const remove = (folder: string): Promise<void> => rm(folder, { recursive: true, force: true });
