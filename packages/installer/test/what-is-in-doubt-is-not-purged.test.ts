import { readFile, truncate, writeFile } from 'node:fs/promises';
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
import {
  askAs,
  configText,
  folder,
  installationForEach,
  log,
  pids,
  place,
  port,
  system,
} from './support/each-installation.ts';
import { planFor } from './support/made-up-installation.ts';
import { until } from './support/until.ts';

describe('--uninstall --purge, with the real program', () => {
  let real: System;
  let terminal: StartedTerminal;
  installationForEach('connector');
  beforeEach(async () => {
    const { source: checkout, run } = realSystem(realClock);
    if (checkout.kind !== 'checkout') throw new Error(`the tests run in a checkout, not in a ${checkout.kind}`);
    // The program itself, in the few files from which it starts in half the time (scripts/jest-one-file.js), and no cron of this machine.
    const source = { ...checkout, program: process.env.TP_MANAGER_IN_ONE_FILE ?? checkout.program };
    const { node } = source;
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

  const environment = { HIPAY_PASSWORD: 'Test_secret', TP_MANAGER_API_PASSWORD: 'pwd' };
  const passwordsGo = async () =>
    writeFile(place.configFile, (await configText()).replaceAll(/^(hipay|api)_password: .*\n/gm, ''));

  const stopped = async () => {
    await askLocally({ port, ...log }, '/stop');
    await until(async () => (await askAs(log)) === 'down');
  };

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

    await stopped();
    await expect(purge('en')).rejects.toThrow(inDoubt);
    expect(await realFiles.exists(join(folder, 'launch.sh'))).toBe(true);

    await uninstall({ folder, purge: true, yes: true, language: 'en' }, real);
    expect(await realFiles.exists(folder)).toBe(false);
  });

  test('a journal that cannot be read is not deleted: a mistake in config.yml, a damaged file, running or stopped', async () => {
    expect(await pay('100.02')).toBe('refused');
    const purge = () => uninstall({ folder, purge: true, language: 'en' }, real);
    const config = await configText();
    await writeFile(place.configFile, config.replace('local_port:', 'local_prot:'));
    await expect(purge()).rejects.toThrow(/journal cannot be read.*local_port.*Nothing was changed\. With --yes/s);
    expect(await askAs(log)).toMatchObject({ status: 200 });
    await writeFile(place.configFile, config);

    await stopped();
    const { length } = await readFile(place.journalFile);
    await truncate(place.journalFile, 4096);
    await writeFile(place.journalFile, Buffer.alloc(length - 4096, 0xff), { flag: 'a' });
    await expect(purge()).rejects.toThrow('journal cannot be read');
    expect(await realFiles.exists(place.launch)).toBe(true);
  });

  test.each(['config.yml', 'the environment alone'])(
    'what came into doubt after the first look is not deleted either, and the service comes back, with its passwords in %s',
    async (where) => {
      let looks = 0;
      if (where !== 'config.yml') await passwordsGo();
      const busy: System = {
        ...real,
        ...(where !== 'config.yml' && { environment }),
        async run(command, args, ...more) {
          const ran = await real.run(command, args, ...more);
          if (args.includes('status') && ++looks === 1) await pay('100.14');
          return ran;
        },
      };
      await expect(uninstall({ folder, purge: true, language: 'en' }, busy)).rejects.toThrow(
        /payments with an unknown outcome: 1.*The service in .* is as it was/s,
      );
      expect(looks).toBe(2);
      await until(async () => typeof (await askAs(log)) !== 'string');
      expect(await askAs(log)).toMatchObject({ status: 200 });
    },
  );

  test('a config.yml without passwords is none that a running service could be asked with; the journal of one that is stopped takes none', async () => {
    expect(await pay('100.14')).toBe('unknown');
    await passwordsGo();
    const purge = (variables = {}) =>
      uninstall({ folder, purge: true, language: 'en' }, { ...real, environment: variables });
    await expect(purge()).rejects.toThrow(/journal cannot be read.*api_password: found nothing.*Nothing was changed/s);
    await expect(purge(environment)).rejects.toThrow('payments with an unknown outcome: 1');
    expect(await askAs(log)).toMatchObject({ status: 200 });
    await stopped();
    // What has given its port up, and is about to end, runs still.
    await until(async () => (await pids()).length === 0);
    await expect(purge()).rejects.toThrow('payments with an unknown outcome: 1');
  });

  test.each(['config.yml', 'the environment alone'])(
    'where nothing is in doubt nothing is asked: passwords in %s',
    async (where) => {
      expect(await pay('100.02')).toBe('refused');
      if (where !== 'config.yml') await passwordsGo();
      await uninstall(
        { folder, purge: true, language: 'en' },
        { ...real, ...(where !== 'config.yml' && { environment }) },
      );
      expect(await askAs(log)).toBe('down');
      expect(await realFiles.exists(folder)).toBe(false);
    },
  );
});
