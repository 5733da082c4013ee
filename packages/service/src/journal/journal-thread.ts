import type { Worker } from 'node:worker_threads';
import { OperatingError } from '@hipay-ecr/shared/errors.ts';
import { startJournalWorker } from './start-journal-worker.ts';
import {
  type JournalArguments,
  type JournalMethod,
  type JournalReply,
  type JournalRequest,
  type JournalResult,
  type JournalThreadStart,
  READY,
  receiveError,
} from './worker-protocol.ts';

interface Waiting {
  resolve: (value: unknown) => void;
  reject: (error: Error) => void;
}

/** One thread of the journal, as seen from outside: it answers one question after the other, in their order. */
export class JournalThread {
  readonly #worker: Worker;
  readonly #waiting = new Map<number, Waiting>();
  readonly #ended: Promise<void>;
  readonly #endsByItself: (why: OperatingError) => void;
  #lastId = READY;
  #isOpen = false;
  #closing: Promise<void> | undefined;
  #over: Error | undefined;

  /** Its program comes up while others do the same; it opens nothing before it is told to. `endsByItself`: it was open, and nobody has closed it. */
  constructor(file: string, endsByItself: (why: OperatingError) => void = () => {}) {
    this.#worker = startJournalWorker();
    this.#endsByItself = endsByItself;
    this.#worker.on('message', (reply: JournalReply) => this.#receive(reply));
    this.#ended = new Promise((resolve) => {
      this.#worker.on('error', (cause) => this.#end(file, cause));
      this.#worker.on('exit', () => {
        this.#end(file);
        resolve();
      });
    });
  }

  static async open(start: JournalThreadStart): Promise<JournalThread> {
    const thread = new JournalThread(start.file);
    await thread.open(start);
    return thread;
  }

  /** Resolves once the thread has opened its store. */
  async open(start: JournalThreadStart): Promise<void> {
    if (this.#over !== undefined) throw this.#over;
    await new Promise((resolve, reject) => {
      this.#waiting.set(READY, { resolve, reject });
      this.#worker.postMessage(start);
    });
    this.#isOpen = true;
  }

  async call<Method extends JournalMethod>(
    method: Method,
    ...args: JournalArguments<Method>
  ): Promise<JournalResult<Method>> {
    if (this.#over !== undefined) throw this.#over;
    const id = ++this.#lastId;
    return new Promise<unknown>((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#worker.postMessage({ id, method, args } satisfies JournalRequest);
    }) as Promise<JournalResult<Method>>;
  }

  /** Answers what was asked before, and ends. */
  close(): Promise<void> {
    this.#closing ??= this.call('close').then(() => this.#ended);
    this.#over ??= new OperatingError('1107', 'The journal is closed.');
    return this.#closing;
  }

  /** Ends it as soon as it can be ended, whatever it is at; nobody waits for that. */
  abandon(): void {
    this.#over ??= new OperatingError('1107', 'The journal is closed.');
    void this.#worker.terminate();
  }

  #receive(reply: JournalReply): void {
    const waiting = this.#waiting.get(reply.id);
    this.#waiting.delete(reply.id);
    if ('error' in reply) waiting?.reject(receiveError(reply.error));
    else waiting?.resolve(reply.value);
  }

  #end(file: string, cause?: unknown): void {
    const isNews = this.#isOpen && this.#over === undefined;
    const why = new OperatingError('1107', `The journal ${file} has ended by itself. Start the service again.`, {
      cause,
    });
    this.#over ??= why;
    for (const { reject } of this.#waiting.values()) reject(this.#over);
    this.#waiting.clear();
    if (isNews) this.#endsByItself(why);
  }
}
