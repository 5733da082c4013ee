import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { documentedConfig } from '@hipay-ecr/shared/config/documented-config.ts';
import { parseConfig } from '@hipay-ecr/shared/config/parse-config.ts';
import { readAnswers } from '@hipay-ecr/shared/config/read-answers.ts';
import { afterEach, expect, test } from '@jest/globals';
import { type MadeUpTill, madeUpTill, type TillFolder } from './support/made-up-till.ts';
import { deedsOf, type SetupAtTerminal, setupAtTerminal } from './support/run-setup.ts';

/** The two dialogues of HiPay's documentation, as it shows them (without line breaks), and one of our own for nfc. */
interface Documented {
  fixture: string;
  till: Partial<MadeUpTill>;
  /** Given in the environment: on Linux the documentation shows that the credentials came along. */
  variables: Record<string, string>;
  answers: [question: string, typed: string][];
  closing(setup: SetupAtTerminal): Promise<void>;
  deeds: string[];
}

const cameAlong = { HIPAY_USERNAME: '1234567.stage-secure-gateway.hipay-tpp.com', HIPAY_PASSWORD: 'Test_1234567' };

const dialogues: Documented[] = [
  {
    fixture: 'windows-dialogue.txt',
    till: { platform: 'win32' },
    variables: {},
    answers: [
      ['Enter your HiPay username', '12345678.stage-secure-gateway.hipay-tpp.com'],
      ['Enter your HiPay password', 'Test_qVpLbNOWemB7SCcnuqQoT3Yu'],
      ['Select the installation folder.', '/home/user/connector'],
      ['Which serial port is connected to the payment terminal ?', 'COM14'],
      ['Enter the payment terminal serial number', '1234567890'],
      ['Select the local port for the API', '8888'],
      ['local API username', 'log'],
      ['local API password', 'pwd'],
      ['Running environment', 'dev'],
      ['Authorization Threshold', '100'],
      ['When to update the application', '03:00'],
      ['What type of contract do you have ?', 'both'],
      ['Enter your payment_application for proxy', '001'],
      ['Enter your payment_application for NFC', '00B'],
      ['Enter your merchant ID for proxy', '1234567'],
      ['Enter your merchant ID for NFC', '1234568'],
      ['Enter the terminal rank for proxy', '001'],
      ['Enter the terminal rank for NFC', '001'],
    ],
    async closing(setup) {
      await setup.sees('Press a key to start the service');
      setup.type(' ');
      await setup.sees('Press any key to exit...');
      setup.type('x');
    },
    deeds: ['install', 'start'],
  },
  {
    fixture: 'linux-dialogue.txt',
    till: {},
    variables: cameAlong,
    answers: [
      ['Select the installation folder.', '/home/user/connector'],
      ['Which serial port is connected to the payment terminal ?', 'COM1'],
      ['Enter the payment terminal serial number', 'SN_123'],
      ['Select the local port for the API', '3001'],
      ['local API username', 'log'],
      ['local API password', 'password'],
      ['Running environment', 'prod'],
      ['Authorization Threshold', '3'],
      ['When to update the application', '06:15'],
      ['What type of contract do you have ?', 'proxy'],
      ['Enter your payment_application for proxy', '001'],
      ['Enter your merchant ID for proxy', '1234567'],
      ['Enter the terminal rank for proxy', '001'],
    ],
    closing: async () => {},
    deeds: ['install'],
  },
  {
    fixture: 'nfc-dialogue.txt',
    till: {},
    variables: cameAlong,
    answers: [
      ['Select the installation folder.', '/home/user/connector'],
      ['Which serial port is connected to the payment terminal ?', '/dev/ttyACM0'],
      ['Enter the payment terminal serial number', 'SN_456'],
      ['Select the local port for the API', '3002'],
      ['local API username', 'log'],
      ['local API password', 'password'],
      ['Running environment', 'dev'],
      ['Authorization Threshold', '49.90'],
      ['When to update the application', '23:45'],
      ['What type of contract do you have ?', 'nfc'],
      ['Enter your payment_application for NFC', '00B'],
      ['Enter your merchant ID for NFC', '1234568'],
      ['Enter the terminal rank for NFC', '001'],
    ],
    closing: async () => {},
    deeds: ['install'],
  },
];

let folder: TillFolder;
afterEach(() => folder.remove());

/** White space means nothing, the typing mistake is not repeated, and the folder is one that a test may write into. */
function transcript(fixture: string, root: string): string {
  return readFileSync(new URL(`fixtures/${fixture}`, import.meta.url), 'utf8')
    .replace('./setup.sh ', '')
    .replace('Your config is as follow:', 'Your config is as follows:')
    .replaceAll('/home/user/connector', join(root, 'connector'))
    .replace(/\s+/g, ' ')
    .trim();
}

/** The configuration that a transcript prints. */
function printedConfig(text: string): Record<string, unknown> {
  return JSON.parse(text.slice(text.indexOf('{'), text.lastIndexOf('}') + 1)) as Record<string, unknown>;
}

test.each(dialogues)(
  '$fixture: the screen and config.yml',
  async ({ fixture, till, variables, answers, closing, deeds }) => {
    folder = madeUpTill(till);
    const setup = setupAtTerminal(folder.till, [], variables);
    for (const [question, typed] of answers) {
      await setup.answers(`? ${question}`, typed.replace('/home/user/connector', join(folder.root, 'connector')));
    }
    await closing(setup);
    expect(await setup.ended()).toBe(0);
    const expected = transcript(fixture, folder.root);
    expect(setup.screen().replace(/\s+/g, ' ').trim()).toBe(expected);

    expect(deedsOf(folder.till).map(({ act }) => act)).toEqual(deeds);
    const configFile = join(folder.root, 'connector/hipay/ecr-connector/bin/data/config.yml');
    const text = readFileSync(configFile, 'utf8');
    const written = parseConfig(text, {});
    if (!written.ok) throw new Error(JSON.stringify(written.problems));
    const lineSettings = { baudRate: 9600, dataBits: 8, parity: 'none', stopBits: 1 };
    const printed = printedConfig(expected);
    const everyKey = { ...lineSettings, ...printed, local_port: String(printed.local_port) };
    expect(documentedConfig(written.config, 'windows')).toEqual(everyKey);
    expect(readAnswers(text).texts).toMatchObject({ baudRate: '9600', dataBits: '8', parity: 'none', stopBits: '1' });
  },
);
