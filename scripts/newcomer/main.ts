import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort } from '../../packages/simulator/src/demo/free-port.ts';
import { Windows } from './windows.ts';

// Plays somebody who has never seen the project: clones it, installs a till against the simulated terminal and gateway, is paid, and
// takes the installation away again. Downloads are told apart; all the rest has to take less than a minute.

const LIMIT_S = 60;
const checkout = fileURLToPath(new URL('../../', import.meta.url));
const root = mkdtempSync(join(tmpdir(), 'newcomer-'));
const clone = join(root, 'hipay-desktop-connector');
const till = join(root, 'till');
const windows = new Windows();
let downloadsMs = 0;

async function step<T>(what: string, act: () => Promise<T>): Promise<T> {
  const began = performance.now();
  const result = await act();
  const tookMs = performance.now() - began;
  console.log(`${(tookMs / 1_000).toFixed(1).padStart(6)} s  ${what}`);
  return result;
}

function answersFile(serialPort: string, gatewayUrl: string, localPort: number): string {
  const file = join(root, 'answers.yml');
  const answers = `folder: ${till}
hipay_login: newcomer.stage-secure-gateway.hipay-tpp.com
hipay_password: Test_secret
serial_port: ${serialPort}
serial_number: "1234567890"
local_port: ${localPort}
api_username: till
api_password: secret
environment: dev
authorization_threshold: 100
update_time: "03:00"
contract:
  proxy: { payment_application: "001", merchant_id: "1234567", rank: "001" }
# Nobody is asked for a newer version: HiPay is the simulated gateway.
hipay_gateway_url: ${gatewayUrl}
hipay_api_url: http://127.0.0.1:9/
`;
  writeFileSync(file, answers, { mode: 0o600 });
  return file;
}

async function pay(localPort: number): Promise<Record<string, unknown>> {
  const answer = await fetch(`http://localhost:${localPort}/order`, {
    method: 'POST',
    headers: { authorization: `Basic ${btoa('till:secret')}`, 'content-type': 'application/json' },
    body: JSON.stringify({ amount: '10,23', order_id: 'A-1' }),
  });
  return (await answer.json()) as Record<string, unknown>;
}

async function play(): Promise<void> {
  await step('git clone', () => windows.run('git', ['clone', '--quiet', checkout, clone], root));
  const began = performance.now();
  await step('npm ci (downloads)', () => windows.run('npm', ['ci', '--no-progress'], clone));
  downloadsMs = performance.now() - began;
  const serialPort = await step('npx ecr-simulator terminal', () =>
    windows.open('npx', ['ecr-simulator', 'terminal', '--tcp', '0'], clone, /serial_port of the register: (\S+)\n/),
  );
  const gatewayUrl = await step('npx ecr-simulator gateway', () =>
    windows.open(
      'npx',
      ['ecr-simulator', 'gateway', '--port', '0'],
      clone,
      /hipay_gateway_url of the service: (\S+)\n/,
    ),
  );
  const localPort = await freePort();
  const answers = answersFile(serialPort, gatewayUrl, localPort);
  const setup = join(clone, 'setup.sh');
  await step('./setup.sh --answers', () => windows.run(setup, ['--answers', answers], root));
  try {
    const paid = await step('the first payment', () => pay(localPort));
    const { paymentStatus, outcome, notificationHipaySent } = paid;
    if (paymentStatus !== 'SUCCESS' || outcome !== 'approved' || notificationHipaySent !== true) {
      throw new Error(`The payment was not approved and registered: ${JSON.stringify(paid)}`);
    }
  } finally {
    await step('./setup.sh --uninstall --purge', () =>
      windows.run(setup, ['--uninstall', '--purge', '--folder', till], root),
    );
  }
  if (existsSync(till)) throw new Error(`Something is left in ${till}`);
}

process.exitCode = 1;
const began = performance.now();
try {
  await play();
  const seconds = (performance.now() - began - downloadsMs) / 1_000;
  console.log(
    `From the clone to an approved payment, and back to nothing: ${seconds.toFixed(1)} s beside the downloads.`,
  );
  if (seconds < LIMIT_S) process.exitCode = 0;
  else console.error(`That is more than ${LIMIT_S} s.`);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
} finally {
  await windows.close();
  rmSync(root, { recursive: true, force: true, maxRetries: 10 });
}
