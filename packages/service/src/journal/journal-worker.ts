import { constants, setPriority } from 'node:os';
import { parentPort } from 'node:worker_threads';
import { assert } from '../payments/assert.ts';
import type { JournalCore } from './journal-core.ts';
import { openCore } from './open-core.ts';
import {
  callCore,
  type JournalArguments,
  type JournalReply,
  type JournalRequest,
  type JournalThreadStart,
  READY,
  sendError,
} from './worker-protocol.ts';

assert(parentPort !== null, 'the journal worker is started as a thread');
const port = parentPort;

function reply(id: number, act: () => unknown): void {
  let answer: JournalReply;
  try {
    answer = { id, value: act() };
  } catch (error) {
    answer = { id, error: sendError(error) };
  }
  port.postMessage(answer);
}

/** Linux alone gives each thread a priority of its own; elsewhere it would be that of the whole service. */
function giveWay(): void {
  if (process.platform === 'linux') setPriority(constants.priority.PRIORITY_LOW);
}

/** Nobody waits for it yet. Where it fails, whoever needs it makes it be done again, and is told. */
function recall(core: JournalCore): void {
  try {
    core.recall();
  } catch {}
}

port.once('message', (start: JournalThreadStart) => {
  if (start.isBackground) giveWay();
  reply(READY, () => {
    const core = openCore(start);
    if (start.role === 'writer') setImmediate(() => recall(core));
    port.on('message', ({ id, method, args }: JournalRequest) => {
      reply(id, () => callCore(core, method, args as JournalArguments<typeof method>));
      if (method === 'close') port.close();
    });
  });
});
