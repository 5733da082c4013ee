/** As process.kill, of a process that has to be there: 0, in the place of a number that is missing, would be this one's whole group. */
export function signal(pid: number | undefined, name: NodeJS.Signals): void {
  if (pid === undefined || !(pid > 0)) throw new Error(`there is no process to send ${name} to`);
  process.kill(pid, name);
}
