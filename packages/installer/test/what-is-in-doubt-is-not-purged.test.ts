import { join } from 'node:path';
import { realClock } from '@hipay-ecr/simulator/real-clock.ts';
import { type StartedTerminal, startTerminal } from '@hipay-ecr/simulator/start-terminal.ts';
import axios from 'axios';
import { install } from '../src/acts/install.ts';
import { askLocally } from '../src/acts/local-service.ts';
import { realFiles } from '../src/acts/real-files.ts';
import { realSystem } from '../src/acts/real-system.ts';
import type { System } from '../src/acts/system.ts';
import { uninstall } from '../src/acts/uninstall.ts';
import { askAs, folder, installationForEach, log, port, system } from './support/each-installation.ts';
import { planFor } from './support/made-up-installation.ts';
import { until } from './support/until.ts';

describe('--uninstall --purge, with the real program', () => {
  let real: System;
  let terminal: StartedTerminal;
  installationForEach('connector');
  beforeEach(async () => {
    const { source, run } = realSystem(realClock);
    const node = source.kind === 'checkout' ? source.node : '';
    // The program itself, and no cron of this machine.
    real = { ...system, source, run: (...all) => (all[0] === node ? run(...all) : system.run(...all)) };
    terminal = await startTerminal({ line: 'tcp', delays: { paymentMs: 0 } });
    // Nobody answers in HiPay's place.
    const hipay_gateway_url = 'http://127.0.0.1:9/rest/';
    const plan = planFor(folder, port, { serial_port: terminal.path, hipay_gateway_url, notification_timeout: '1' });
    await install(plan, real);
  });
  afterEach(() => terminal.close());

  const pay = async (amount: string) =>
    (await axios.post(`http://127.0.0.1:${port}/order`, { amount, order_id: amount }, { auth: log })).data.outcome;

  test('what only the journal knows is not deleted, whether the service runs or not; by --yes it is', async () => {
    expect(await pay('10.00')).toBe('approved');
    expect(await pay('100.14')).toBe('unknown');
    const purge = (language: 'en' | 'fr') => uninstall({ folder, purge: true, language }, real);
    const inDoubt =
      '(payments with an unknown outcome: 1, payments that HiPay is yet to be told of: 1, payments with an alarm: 1)';
    await expect(purge('en')).rejects.toThrow(inDoubt);
    await expect(purge('fr')).rejects.toThrow(
      "issue inconnue : 1, paiements dont HiPay n'est pas encore informé : 1, ",
    );
    expect(await askAs(log)).toMatchObject({ status: 200 });

    await askLocally({ port, ...log }, '/stop');
    await until(async () => (await askAs(log)) === 'down');
    await expect(purge('en')).rejects.toThrow(inDoubt);
    expect(await realFiles.exists(join(folder, 'launch.sh'))).toBe(true);

    await uninstall({ folder, purge: true, yes: true, language: 'en' }, real);
    expect(await realFiles.exists(folder)).toBe(false);
  });

  test('where nothing is in doubt nothing is asked', async () => {
    expect(await pay('100.02')).toBe('refused');
    await uninstall({ folder, purge: true, language: 'en' }, real);
    expect(await askAs(log)).toBe('down');
    expect(await realFiles.exists(folder)).toBe(false);
  });
});
