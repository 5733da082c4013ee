import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ACK, ETX, STX } from '@hipay-ecr/shared/concert/control.ts';
import { freePort } from '@hipay-ecr/simulator/demo/free-port.ts';
import { startSimulatedGateway } from '@hipay-ecr/simulator/gateway/simulated-gateway.ts';
import { stdioWithoutPtys } from '@hipay-ecr/simulator/lines/pty-descriptors.ts';
import { realClock } from '@hipay-ecr/simulator/real-clock.ts';
import { startTerminal } from '@hipay-ecr/simulator/start-terminal.ts';
import { CONFIG_YAML } from './support/house.ts';
import { type Answer, basic, call } from './support/http-call.ts';
import { SOURCE } from './support/programs.ts';
import { STRACE_OPTIONS, type SystemCall, systemCalls } from './support/system-calls.ts';
import { until } from './support/until.ts';

/** In the few files from which it starts faster: less of what is traced is the finding of its modules. */
const program = process.env.TP_MANAGER_IN_ONE_FILE ?? SOURCE;
const CALLS = 'trace=fsync,fdatasync,write,writev,pwrite64,read,readv';
const WAL = 'journal.db-wal';

const canTrace = process.platform === 'linux' && spawnSync('strace', ['-o', '/dev/null', 'true']).status === 0;
const traced = canTrace ? test : test.skip;
const reason = canTrace ? '' : ' (skipped: strace is not here, or may not trace)';

/**
 * A killed process leaves its writes in the page cache, so no crash of a process shows a missing sync: only the system
 * calls themselves do (I6).
 */
traced(`the journal is synced before anything that hangs on it leaves the process${reason}`, async () => {
  const { calls, answer } = await tracedPayment();
  expect(answer.body).toMatchObject({ paymentStatus: 'SUCCESS', notificationHipaySent: true });

  const frame = indexOf(
    calls,
    'the request',
    ({ name, path, bytes }) => isLine(path) && name === 'write' && bytes[0] === STX,
  );
  const lrc = lastByteOfAnswer(calls, frame);
  const acknowledgement = indexOf(
    calls,
    "the answer's ACK",
    ({ name, path, bytes }, at) => at > lrc && isLine(path) && name === 'write' && bytes[0] === ACK,
  );
  const post = indexOf(
    calls,
    'the POST',
    ({ name, bytes }) => name.startsWith('write') && startsWith(bytes, 'POST /rest'),
  );
  const told = indexOf(
    calls,
    "the till's answer",
    ({ name, bytes }, at) => at > post && name.startsWith('write') && startsWith(bytes, 'HTTP/1.1 200'),
  );

  expect(journalBetween(calls, 0, frame)).toEqual({ written: true, synced: true });
  expect(journalBetween(calls, lrc, acknowledgement)).toEqual({ written: true, synced: true });
  expect(journalBetween(calls, lrc, post)).toEqual({ written: true, synced: true });
  expect(journalBetween(calls, post, told)).toEqual({ written: true, synced: true });
});

/** Whether the journal's log was written between the end of one call and the beginning of another, and all of it synced by then. */
function journalBetween(calls: SystemCall[], after: number, before: number): { written: boolean; synced: boolean } {
  const [fromLine, toLine] = [calls[after]?.ended ?? 0, calls[before]?.begun ?? 0];
  const ofJournal = calls.filter(({ path, begun }) => path.endsWith(WAL) && begun > fromLine && begun < toLine);
  const writes = ofJournal.filter(({ name }) => name === 'pwrite64' || name === 'write');
  const lastWritten = Math.max(...writes.map(({ ended }) => ended));
  const syncs = ofJournal.filter(({ name, result, ended }) => name.endsWith('sync') && result === 0 && ended < toLine);
  return { written: writes.length > 0, synced: syncs.some(({ begun }) => begun > lastWritten) };
}

/** The call that read the LRC of the terminal's first frame, however it came in pieces. */
function lastByteOfAnswer(calls: SystemCall[], after: number): number {
  const heard: number[] = [];
  return indexOf(calls, "the answer's LRC", ({ name, path, bytes }, at) => {
    if (at < after || !isLine(path) || !name.startsWith('read')) return false;
    heard.push(...bytes);
    const start = heard.indexOf(STX);
    const end = heard.indexOf(ETX, start);
    return start !== -1 && end !== -1 && heard.length > end + 1;
  });
}

function indexOf(calls: SystemCall[], what: string, isIt: (call: SystemCall, at: number) => boolean): number {
  const at = calls.findIndex(isIt);
  if (at === -1) throw new Error(`${what} is not among the ${calls.length} system calls traced`);
  return at;
}

function isLine(path: string): boolean {
  return path.startsWith('/dev/pts/');
}

function startsWith(bytes: Uint8Array, text: string): boolean {
  return Buffer.from(bytes).toString('latin1').startsWith(text);
}

/** One payment through the program itself, with its system calls; a first journal is made before it. */
async function tracedPayment(): Promise<{ calls: SystemCall[]; answer: Answer }> {
  const folder = await mkdtemp(join(tmpdir(), 'synced-'));
  const gateway = await startSimulatedGateway({ port: 0, clock: realClock });
  const terminal = await startTerminal({ line: 'pty', delays: { paymentMs: 0 } });
  const port = await freePort();
  const config = CONFIG_YAML.replace('/dev/none', terminal.path).replace('local_port: 8080', `local_port: ${port}`);
  const [configFile, traceFile] = [join(folder, 'config.yml'), join(folder, 'trace')];
  await writeFile(configFile, `${config}hipay_gateway_url: ${gateway.url}\n`, { mode: 0o600 });
  const program = startTraced(configFile, traceFile);
  const headers = { authorization: basic('log', 'pwd') };
  try {
    await until(() => program.output.text.includes('takes payments at') || program.child.exitCode !== null);
    expect(program.output.text).toContain('takes payments at');
    const order = { amount: 12.5, order_id: 'traced' };
    const answer = await call(port, { method: 'POST', path: '/order', body: order, headers });
    await call(port, { path: '/stop', headers });
    await program.exit;
    return { calls: systemCalls(await readFile(traceFile, 'latin1')), answer };
  } finally {
    // strace hands no signal on; what it traces is of its own group.
    if (program.child.exitCode === null && program.child.pid !== undefined) process.kill(-program.child.pid, 'SIGKILL');
    await program.exit;
    await terminal.close();
    await gateway.close();
    await rm(folder, { recursive: true });
  }
}

function startTraced(
  configFile: string,
  traceFile: string,
): { child: ChildProcess; output: { text: string }; exit: Promise<unknown> } {
  const command = [process.execPath, program, '--config', configFile];
  const child = spawn('strace', [...STRACE_OPTIONS, '-e', CALLS, '-o', traceFile, ...command], {
    stdio: stdioWithoutPtys(['ignore', 'pipe', 'pipe']),
    detached: true,
  });
  const output = { text: '' };
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk) => {
      output.text += chunk;
    });
  }
  return { child, output, exit: once(child, 'close') };
}
