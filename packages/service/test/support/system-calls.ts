/** One system call of a traced program: when it was begun and when it ended, by the lines of the trace. */
export interface SystemCall {
  name: string;
  /** What its descriptor stands for: a file's path, a device, `socket:[…]`. */
  path: string;
  /** What was written, or read; the beginning of it where it was long. */
  bytes: Uint8Array;
  result: number;
  begun: number;
  ended: number;
}

/** What strace is told so that `systemCalls` can read what it writes. */
export const STRACE_OPTIONS = ['-f', '-y', '-xx', '-s', '256'];

const BEGUN = /^(\d+) +(\w+)\((.*)$/;
const RESUMED = /^(\d+) +<\.\.\. \w+ resumed>(.*)$/;
const UNFINISHED = ' <unfinished ...>';
const DESCRIPTOR = /^\d+<([^>]*)>/;
const RESULT = /\) += (-?\d+)/;

/** Reads a trace of `strace -f -y -xx -o`. A call that was interrupted by another thread's stands in two lines of it. */
export function systemCalls(trace: string): SystemCall[] {
  const calls: SystemCall[] = [];
  const unfinished = new Map<string, { name: string; text: string; begun: number }>();
  for (const [line, text] of trace.split('\n').entries()) {
    const resumed = RESUMED.exec(text);
    if (resumed !== null) {
      const [, thread = '', rest = ''] = resumed;
      const first = unfinished.get(thread);
      unfinished.delete(thread);
      if (first !== undefined) calls.push(callOf(first.name, first.text + rest, first.begun, line));
      continue;
    }
    const begun = BEGUN.exec(text);
    if (begun === null) continue;
    const [, thread = '', name = '', rest = ''] = begun;
    if (!rest.endsWith(UNFINISHED)) calls.push(callOf(name, rest, line, line));
    else unfinished.set(thread, { name, text: rest.slice(0, -UNFINISHED.length), begun: line });
  }
  return calls;
}

function callOf(name: string, text: string, begun: number, ended: number): SystemCall {
  const path = plain(DESCRIPTOR.exec(text)?.[1] ?? '').toString();
  const [, quoted = ''] = /"((?:\\x[0-9a-f]{2})*)"/.exec(text) ?? [];
  return { name, path, bytes: plain(quoted), result: Number(RESULT.exec(text)?.[1] ?? -1), begun, ended };
}

function plain(text: string): Buffer {
  return text.startsWith('\\x') ? Buffer.from(text.replaceAll('\\x', ''), 'hex') : Buffer.from(text);
}
