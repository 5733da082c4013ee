/** The programs of the one executable: Node is delivered, and kept on the till, once. */
export type ProgramName = 'tp-manager' | 'setup';

/**
 * As which program the executable was started: by its name (`setup.exe`, also as browsers call a second download, `setup (1).exe`),
 * else by its first word. `args` are those of the program.
 */
export function whichProgram(startedAs: string, words: readonly string[]): { program: ProgramName; args: string[] } {
  const [first, ...rest] = words;
  const name = startedAs.split(/[\\/]/).at(-1) ?? '';
  if (/^setup\b/i.test(name)) return { program: 'setup', args: [...words] };
  if (first === 'setup') return { program: 'setup', args: rest };
  return { program: 'tp-manager', args: [...words] };
}
