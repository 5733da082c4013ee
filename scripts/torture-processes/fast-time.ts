import { readFileSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import os from 'node:os';
import { getEnvironmentData, isMainThread, setEnvironmentData } from 'node:worker_threads';
import { machineMs, type Pace, ScaledTime } from './scaled-time.ts';

// Loaded before the program (node --import), in each of its threads: what it takes for the machine's time runs faster.

const SHARED = 'torture: pace';
const paceFile = process.env.TORTURE_PACE;
if (paceFile === undefined) throw new Error('TORTURE_PACE names no file');

const time = new ScaledTime(readPace());
if (isMainThread) {
  setEnvironmentData(SHARED, new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  process.on('SIGUSR2', () => {
    time.keep(readPace());
    Atomics.add(changes(), 0, 1);
  });
}

function readPace(): Pace {
  return JSON.parse(readFileSync(paceFile as string, 'utf8'));
}

function changes(): Int32Array {
  return new Int32Array(getEnvironmentData(SHARED) as unknown as SharedArrayBuffer);
}

let seen = Atomics.load(changes(), 0);

/** Other threads get no signals; they see here that the pace has changed. */
function nowMs(): number {
  const count = Atomics.load(changes(), 0);
  if (count !== seen && !isMainThread) time.keep(readPace());
  seen = count;
  return time.nowMs();
}

const MachineDate = Date;
class FastDate extends MachineDate {
  constructor(...parts: [] | [number | string | Date]) {
    if (parts.length === 0) super(nowMs());
    else super(...(parts as [number]));
  }
  static override now(): number {
    return Math.floor(nowMs());
  }
}
globalThis.Date = FastDate as DateConstructor;

const startMs = nowMs();
const startMachineMs = machineMs();
performance.now = () => startMachineMs - performance.timeOrigin + nowMs() - startMs;

os.uptime = () => time.uptimeMs() / 1_000;
syncBuiltinESMExports();

type Act = (...given: unknown[]) => void;
/** As much of Node's Timeout as programs use. */
interface FastTimeout {
  cancel(): void;
  ref(): FastTimeout;
  unref(): FastTimeout;
  hasRef(): boolean;
}

function fastTimeout(act: Act, delayMs = 0, ...given: unknown[]): FastTimeout {
  const { cancel, keepAlive } = time.timer(delayMs, () => act(...given));
  let isKept = true;
  const keep = (keepsAlive: boolean): FastTimeout => {
    isKept = keepsAlive;
    keepAlive(keepsAlive);
    return timeout;
  };
  const timeout: FastTimeout = { cancel, ref: () => keep(true), unref: () => keep(false), hasRef: () => isKept };
  return timeout;
}

const endMachineTimeout = globalThis.clearTimeout;
globalThis.setTimeout = fastTimeout as unknown as typeof setTimeout;
globalThis.clearTimeout = ((timeout: unknown) => {
  if (typeof timeout === 'object' && timeout !== null && 'cancel' in timeout) (timeout as FastTimeout).cancel();
  else endMachineTimeout(timeout as NodeJS.Timeout);
}) as typeof clearTimeout;
