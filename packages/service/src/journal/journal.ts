import { statSync } from 'node:fs';
import type { AcceptedAfter, Journal } from '../payments/ports.ts';
import type { Forgetting } from './forget-payment.ts';
import { JournalCore } from './journal-core.ts';
import { journalFile } from './journal-files.ts';
import { journalLimits } from './journal-limits.ts';
import { JournalThread } from './journal-thread.ts';
import type { Store } from './store.ts';
import { always, asOftenAs, findingsOf, never, type ReadAgain } from './verify-in-steps.ts';
import type { Finding } from './verify-journal.ts';
import { type Ask, callCore } from './worker-protocol.ts';

/** The journal with what only its keeper needs. */
export interface KeptJournal extends Journal {
  /**
   * Reads all there is, in small steps, and gives a sentence for each damage found: for the time after start (rule 19).
   * Before each step `mayGoOn` is waited for; where it says no, that was all. Where the disk does not let a step be made,
   * it is made again once `readAgain` says so, and else the whole rejects with the disk's failure; where it no longer lets
   * the file be read in the end, what was found may be the disk's doing, and all is read anew.
   */
  verify(mayGoOn?: () => Promise<boolean>, readAgain?: ReadAgain): Promise<string[]>;
  /**
   * The oldest payment at rest from before then, and behind `after`, loses what tells of its customer; undefined where
   * there is none left. One that is damaged stays as it is, which is told: the next one is behind it.
   */
  forgetOne(beforeMs: number, after?: AcceptedAfter): Promise<Forgetting | undefined>;
  /** What was forgotten stands in the log until then; false where somebody reads in it, and it must be tried again. */
  clearLog(): Promise<boolean>;
}

export interface JournalOptions {
  folder: string;
  /** Nothing can be written any more, until a process opens the journal anew. */
  writerEnds?: (why: Error) => void;
  /** Long questions are answered no more; what is closed then rejects. */
  readerEnds?: (why: Error) => void;
}

/**
 * Opens the journal of a data folder, and makes one where there is none. One thread writes and answers what money hangs
 * on; another one answers long questions, so that these never hold up a commit. Rejects where the journal is damaged.
 * `writerEnds`, `readerEnds`: that thread has ended by itself.
 */
export async function openJournal({ folder, writerEnds, readerEnds }: JournalOptions): Promise<KeptJournal> {
  const file = journalFile(folder);
  const threads = [new JournalThread(file, writerEnds), new JournalThread(file, readerEnds)] as const;
  const { writer, reader } = await openThreads(file, threads);
  let verifying: JournalThread | undefined;
  // A journal of years gets a thread of its own: SQLite's own check of it takes a while, and nobody's question waits for it.
  const verifyAside = async (mayGoOn = always, readAgain = never): Promise<string[]> => {
    if (statSync(file).size < journalLimits.verifiedAsideBytes) {
      return sentences(findingsOf(reader.call.bind(reader), mayGoOn, readAgain));
    }
    const open = () => JournalThread.open({ file, role: 'reader', isBackground: true });
    const thread = await asOftenAs(readAgain, open);
    verifying = thread;
    try {
      return await sentences(findingsOf(thread.call.bind(thread), mayGoOn, readAgain));
    } finally {
      verifying = undefined;
      thread.abandon();
    }
  };
  const close = async (): Promise<void> => {
    verifying?.abandon();
    // The last one to leave moves the log into the file, and only the writer can.
    try {
      await reader.close();
    } finally {
      // A reader that has ended by itself rejects; the data folder is somebody else's next all the same.
      await writer.close();
    }
  };
  return { ...journalOf(writer.call.bind(writer), reader.call.bind(reader), close), verify: verifyAside };
}

/** Both programs come up at once; the file is the reader's only once the writer has found it whole. */
async function openThreads(
  file: string,
  [writer, reader]: readonly [JournalThread, JournalThread],
): Promise<{ writer: JournalThread; reader: JournalThread }> {
  try {
    await writer.open({ file, role: 'writer' });
  } catch (cause) {
    reader.abandon();
    throw cause;
  }
  try {
    await reader.open({ file, role: 'reader' });
  } catch (cause) {
    await writer.close();
    throw cause;
  }
  return { writer, reader };
}

/** The same journal over any store, in this thread: for simulations, which bring a store that can fail and a clock. */
export function journalOver(store: Store, clock: { nowMs(): number }): KeptJournal {
  return journalOfCore(new JournalCore(store, () => clock.nowMs()));
}

export function journalOfCore(core: JournalCore): KeptJournal {
  const ask: Ask = async (method, ...args) => callCore(core, method, args);
  return journalOf(ask, ask, () => ask('close'));
}

function journalOf(write: Ask, read: Ask, close: () => Promise<void>): KeptJournal {
  return {
    append: (paymentId, facts, options) => write('append', paymentId, facts, options),
    appendOrphan: (orphan) => write('appendOrphan', orphan),
    payment: (paymentId) => write('payment', paymentId),
    byToken: (token) => write('byToken', token),
    byOrderId: (orderId, limit, counting) => write('byOrderId', orderId, limit, counting),
    byIdempotencyKey: (key) => write('byIdempotencyKey', key),
    untoldByBody: (bodyDigest, counting) => write('untoldByBody', bodyDigest, counting),
    lastAsked: () => write('lastAsked'),
    unfinished: () => write('unfinished'),
    awaitingRegistration: (limit, after) => write('awaitingRegistration', limit, after),
    orphanKept: (bytesMasked, sinceMs) => write('orphanKept', bytesMasked, sinceMs),
    facts: (paymentId) => read('facts', paymentId),
    list: (filter) => read('list', filter),
    answeredLater: (span, next) => read('answeredLater', span, next),
    parked: (limit, after) => read('parked', limit, after),
    alarmed: (limit, after) => read('alarmed', limit, after),
    acknowledgeOrphan: (orphanId, word) => write('acknowledgeOrphan', orphanId, word),
    orphans: (filter) => read('orphans', filter),
    counts: () => read('counts'),
    writeProblem: () => write('writeProblem'),
    maintain: () => read('maintain'),
    verify: (mayGoOn = always, readAgain = never) => sentences(findingsOf(read, mayGoOn, readAgain)),
    forgetOne: (beforeMs, after) => write('forgetOne', beforeMs, after),
    clearLog: () => write('clearLog'),
    close,
  };
}

async function sentences(findings: Promise<Finding[]>): Promise<string[]> {
  return (await findings).map(({ sentence }) => sentence);
}
