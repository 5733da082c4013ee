import { readdirSync, readFileSync } from 'node:fs';

/** A thread of this process, as Linux tells of it. */
interface OwnThread {
  name: string;
  /** The higher, the more it gives way to others. */
  nice: number;
}

/** The threads of this process (proc_pid_stat(5): the name, which may hold spaces and parentheses, is field 2, and the nice value 19). */
export function ownThreads(): OwnThread[] {
  return readdirSync('/proc/self/task').flatMap((task) => {
    const stat = statOf(task);
    if (stat === undefined) return [];
    const end = stat.lastIndexOf(')');
    const nice = Number(stat.slice(end + 2).split(' ')[16]);
    return [{ name: stat.slice(stat.indexOf('(') + 1, end), nice }];
  });
}

/** Threads come and go as they like: one that was listed may have ended before its file was opened (ENOENT) or read (ESRCH). */
function statOf(task: string): string | undefined {
  try {
    return readFileSync(`/proc/self/task/${task}/stat`, 'utf8');
  } catch (error) {
    if (!['ENOENT', 'ESRCH'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
    return undefined;
  }
}
