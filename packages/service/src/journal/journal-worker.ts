import { parentPort } from 'node:worker_threads';
import { assert } from '../payments/assert.ts';
import { JournalCore } from './journal-core.ts';
import { journalProblem } from './journal-problem.ts';
import { SqliteStore } from './sqlite-store.ts';
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

function open({ file, role }: JournalThreadStart): JournalCore {
  try {
    const core = new JournalCore(new SqliteStore(file, role), Date.now);
    if (role === 'writer') callCore(core, 'verifyStart', []);
    return core;
  } catch (error) {
    throw journalProblem(error, file);
  }
}

port.once('message', (start: JournalThreadStart) => {
  reply(READY, () => {
    const core = open(start);
    port.on('message', ({ id, method, args }: JournalRequest) => {
      reply(id, () => callCore(core, method, args as JournalArguments<typeof method>));
      if (method === 'close') port.close();
    });
  });
});
