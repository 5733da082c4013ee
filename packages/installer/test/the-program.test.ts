import { existsSync, mkdtempSync, readFileSync, realpathSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '@hipay-ecr/simulator/demo/free-port.ts';
import { type StartedTerminal, startTerminal } from '@hipay-ecr/simulator/start-terminal.ts';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { CTRL_C, realSetupAtTerminal } from './support/run-setup.ts';

// The setup as it is delivered, from a checkout: with a real service, and a terminal that is simulated.

const variables = { HIPAY_USERNAME: '1234567.stage-secure-gateway.hipay-tpp.com', HIPAY_PASSWORD: 'Test_1234567' };

let home: string;
let terminal: StartedTerminal;
beforeEach(async () => {
  home = realpathSync(mkdtempSync(join(tmpdir(), 'home-')));
  terminal = await startTerminal({ line: 'tcp' });
});
afterEach(async () => {
  await realSetupAtTerminal(home, ['--uninstall', '--purge', '--folder', 'connector']).ended();
  await terminal.close();
  rmSync(home, { recursive: true });
});

/** What is asked for nowhere: HiPay is not reached from a test. */
function awayFromHipay(): string[] {
  const file = join(home, 'answers.yml');
  writeFileSync(file, 'hipay_api_url: http://127.0.0.1:9/\nhipay_gateway_url: http://127.0.0.1:9/rest/\nupdate: off\n');
  return ['--answers', file];
}

async function version(port: number): Promise<unknown> {
  const authorization = `Basic ${btoa('log:password')}`;
  const answer = await fetch(`http://127.0.0.1:${port}/version`, { headers: { authorization } });
  return answer.json();
}

test('installs and starts, is run again over it, and takes all of it away', async () => {
  const port = await freePort();
  const place = join(home, 'connector');
  const configFile = join(place, 'hipay/ecr-connector/bin/data/config.yml');
  const setup = realSetupAtTerminal(home, awayFromHipay(), variables);
  await setup.answers('? Select the installation folder.', '');
  await setup.answers('? Which serial port is connected to the payment terminal ?', terminal.path);
  await setup.answers('? Enter the payment terminal serial number', 'SN_123');
  await setup.answers('? Select the local port for the API', String(port));
  await setup.answers('? local API username', 'log');
  await setup.answers('? local API password', 'password');
  await setup.answers('? Running environment', 'dev');
  await setup.answers('? Authorization Threshold', '3');
  await setup.answers('? When to update the application', '06:15');
  await setup.answers('? What type of contract do you have ?', 'proxy');
  await setup.answers('? Enter your payment_application for proxy', '001');
  await setup.answers('? Enter your merchant ID for proxy', '1234567');
  await setup.answers('? Enter the terminal rank for proxy', '001');
  expect(await setup.ended()).toBe(0);
  // From the terminal that answers to the service that runs, nothing is said beyond what the documentation shows.
  const config = {
    hipay_login: variables.HIPAY_USERNAME,
    hipay_password: variables.HIPAY_PASSWORD,
    serial_port: terminal.path,
    serial_number: 'SN_123',
    local_port: port,
    api_username: 'log',
    api_password: 'password',
    environment: 'dev',
    authorization_threshold: 3,
    update_time: '06:15',
    contract: { proxy: { payment_application: '001', merchant_id: '1234567', rank: '001' } },
  };
  expect(setup.screen().trimEnd().split('\n')).toEqual([
    'Installing HiPay ECR Connector...',
    `? Select the installation folder. ${place}`,
    `? Which serial port is connected to the payment terminal ? ${terminal.path}`,
    '? Enter the payment terminal serial number SN_123',
    `? Select the local port for the API ${port}`,
    '? local API username log',
    '? local API password [hidden]',
    '? Running environment dev',
    '? Authorization Threshold 3',
    '? When to update the application 06:15',
    'We will now enter your contracts details',
    '? What type of contract do you have ? proxy',
    '? Enter your payment_application for proxy 001',
    '? Enter your merchant ID for proxy 1234567',
    '? Enter the terminal rank for proxy 001',
    'Installation completed with success !',
    'Your config is as follows:',
    ...JSON.stringify(config, null, 2).split('\n'),
    'You can change your config, by editing the yaml file at:',
    configFile,
    'The service tp-manager has been started and will check for any update upon startup',
  ]);
  expect(await version(port)).toMatchObject({ version: expect.stringContaining('-concertv2-') });
  expect(statSync(configFile).mode & 0o777).toBe(0o600);

  // The second time: its port, its password and its terminal are its own.
  const again = realSetupAtTerminal(home, ['--yes', '--update-time', '07:30']);
  await again.sees('The service tp-manager has been started');
  expect(await again.ended()).toBe(0);
  expect(again.screen()).not.toContain('in use');
  expect(readFileSync(configFile, 'utf8')).toContain('update_time: "07:30"');
  expect(await version(port)).toMatchObject({ version: expect.stringContaining('-concertv2-') });

  const gone = realSetupAtTerminal(home, ['--uninstall', '--purge', '--folder', 'connector']);
  expect(await gone.ended()).toBe(0);
  expect(existsSync(place)).toBe(false);
  await expect(version(port)).rejects.toThrow();
}, 120_000);

test('Ctrl-C leaves nothing behind', async () => {
  const setup = realSetupAtTerminal(home, [], variables);
  await setup.answers('? Select the installation folder.', '');
  await setup.sees('? Which serial port');
  setup.type(CTRL_C);
  expect(await setup.ended()).toBe(130);
  expect(existsSync(join(home, 'connector'))).toBe(false);
});
