import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { runDemo } from './demo.ts';

const never = new Promise<void>(() => {});
let folder: string;

/** The demonstration's own folder is made in here, so that what it leaves behind is seen. */
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'demo-test-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** A program in place of the service. */
function program(source: string): string {
  const file = join(folder, 'service.mjs');
  writeFileSync(file, source);
  return file;
}

test('two payments go from the till to HiPay, and nothing is left behind', async () => {
  const said: string[] = [];
  const print = (text: string) => said.push(stripVTControlCharacters(text));
  expect(await runDemo({ temporary: folder, once: true, paymentMs: 50, print, interrupted: never })).toBe(true);
  expect(said.find((text) => text.startsWith('service  Ready at'))).toContain(` configured in ${folder}/ecr-demo-`);
  expect(said.filter((text) => text === 'Paid, and HiPay knows it.')).toHaveLength(2);
  expect(readdirSync(folder)).toEqual([]);
});

test('not ended after them, it names what to type next, as this checkout knows it', async () => {
  let interrupt: () => void = () => {};
  const interrupted = new Promise<void>((resolve) => {
    interrupt = resolve;
  });
  const said: string[] = [];
  const print = (text: string) => {
    said.push(text);
    if (text.includes('Ctrl-C')) interrupt();
  };
  expect(await runDemo({ temporary: folder, once: false, paymentMs: 50, print, interrupted })).toBe(true);
  expect(said.at(-2)).toContain("'npx ecr-simulator terminal --help'");
});

test('a service that cannot start: what it said is shown', async () => {
  const tpManager = program("console.error('local_port is wrong'); process.exit(2);");
  const demo = runDemo({ temporary: folder, once: true, tpManager, print: () => {}, interrupted: never });
  await expect(demo).rejects.toThrow('the service ended with status 2. It said:\nlocal_port is wrong');
  expect(readdirSync(folder)).toEqual(['service.mjs']);
});

test('a service that takes no payment: the demonstration says what is wrong and fails', async () => {
  const tpManager = program(`
    import { createServer } from 'node:http';
    import { readFileSync } from 'node:fs';
    const { local_port } = JSON.parse(readFileSync(process.argv[3], 'utf8'));
    createServer((request, response) => {
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify({ paymentStatus: 'FAILURE', errorDescription: 'no terminal' }));
    }).listen(local_port, '127.0.0.1');
  `);
  const said: string[] = [];
  const print = (text: string) => said.push(stripVTControlCharacters(text));
  expect(await runDemo({ temporary: folder, once: true, tpManager, print, interrupted: never })).toBe(false);
  expect(said).toContain('Not as it should be: paymentStatus is FAILURE, not SUCCESS: no terminal.');
  expect(said.filter((text) => /HiPay has no order demo-contact/.test(text))).toHaveLength(2);
  expect(existsSync(tpManager)).toBe(true);
});

test('interrupted in its midst, it ends what it began', async () => {
  let interrupt: () => void = () => {};
  const interrupted = new Promise<void>((resolve) => {
    interrupt = resolve;
  });
  const print = (text: string) => {
    if (text.includes('POST')) interrupt();
  };
  expect(await runDemo({ temporary: folder, once: false, paymentMs: 200, print, interrupted })).toBe(false);
  expect(readdirSync(folder)).toEqual([]);
});
