/** The programs of the one executable: Node is delivered, and kept on the till, once. */
export type ProgramName = 'tp-manager' | 'setup';

export interface Started {
  program: ProgramName;
  /** Those of the program. */
  args: string[];
  /** Whether it is the service, as far as can be told before its options are read: a command or another option than --config says no. */
  mayServe: boolean;
}

/**
 * As which program the executable was started: by its name (`setup.exe`, also as browsers call a second download, `setup (1).exe`),
 * else by its first word.
 */
export function whichProgram(startedAs: string, words: readonly string[]): Started {
  const [first, ...rest] = words;
  const name = startedAs.split(/[\\/]/).at(-1) ?? '';
  if (/^setup\b/i.test(name)) return { program: 'setup', args: [...words], mayServe: false };
  if (first === 'setup') return { program: 'setup', args: rest, mayServe: false };
  const mayServe = words.length === 0 || (first === '--config' && words.length === 2);
  return { program: 'tp-manager', args: [...words], mayServe };
}
