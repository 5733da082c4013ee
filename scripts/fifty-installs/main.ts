import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

// Fifty tills from one file of answers, one after another, each into its own folder and port; then each is removed to nothing left.

const TILLS = 50;
const FIRST_PORT = 31_000;
const setup = fileURLToPath(new URL('../../setup.sh', import.meta.url));
const root = mkdtempSync(join(tmpdir(), 'fifty-installs-'));
const answers = join(root, 'answers.yml');
writeFileSync(
  answers,
  `hipay_login: shop.stage-secure-gateway.hipay-tpp.com
hipay_password: Test_secret
serial_port: auto
serial_number: "1234567890"
api_username: log
api_password: pwd
environment: dev
authorization_threshold: 100
update_time: "03:00"
hipay_api_url: http://127.0.0.1:9/
contract:
  proxy: { payment_application: "001", merchant_id: "1234567", rank: "001" }
  nfc: { payment_application: "00B", merchant_id: "1234568", rank: "001" }
`,
  { mode: 0o600 },
);

const tills = Array.from({ length: TILLS }, (_, n) => ({ folder: join(root, `till-${n + 1}`), port: FIRST_PORT + n }));
const problems: string[] = [];

function run(folder: string, ...args: string[]): void {
  const { status, stdout, stderr } = spawnSync(setup, ['--folder', folder, ...args], { encoding: 'utf8' });
  if (status !== 0) problems.push(`${folder}: setup ${args.join(' ')} ended with ${status}: ${stdout}${stderr}`);
}

async function version(port: number): Promise<string | undefined> {
  const authorization = `Basic ${Buffer.from('log:pwd').toString('base64')}`;
  try {
    const response = await fetch(`http://127.0.0.1:${port}/version`, { headers: { authorization } });
    return ((await response.json()) as { version?: string }).version;
  } catch {
    return undefined;
  }
}

const began = performance.now();
for (const { folder, port } of tills) run(folder, '--answers', answers, '--local-port', String(port));
for (const { folder, port } of tills) {
  if ((await version(port)) === undefined) problems.push(`${folder}: nobody answers on port ${port}`);
}
for (const { folder } of tills) run(folder, '--uninstall', '--purge');
for (const { folder, port } of tills) {
  if (existsSync(folder)) problems.push(`${folder}: something is left of it`);
  if ((await version(port)) !== undefined) problems.push(`${folder}: its service still answers on port ${port}`);
}
rmSync(root, { recursive: true });
for (const problem of problems) console.error(problem);
const seconds = ((performance.now() - began) / 1_000).toFixed(0);
console.log(`${TILLS} tills installed, asked and removed in ${seconds} s, ${problems.length} problems.`);
process.exitCode = problems.length === 0 ? 0 : 1;
