/** One thing that is wrong, or odd, in config.yml. Nothing in it ever shows a secret. */
export interface ConfigProblem {
  /** The documented key, `contract.proxy.rank` for one inside; empty where no key can be named. */
  key: string;
  /** From 1; 0 where it is not the file that is wrong. */
  line: number;
  column: number;
  /** What stands there, as the object of a sentence, as is the next one. */
  found: string;
  expected: string;
}

/** Longest piece of the file that a message repeats. */
const MOST_SHOWN = 60;

/** One line for people: where, which key, what was found, what is expected. */
export function describeProblem({ key, line, column, found, expected }: ConfigProblem, fileName: string): string {
  const where = line === 0 ? fileName : `${fileName}:${line}:${column}`;
  return `${where}: ${key === '' ? '' : `${key}: `}found ${found}, expected ${expected}`;
}

/** A text in quotes, cut where it is long. */
export function quoted(text: string): string {
  return JSON.stringify(text.length > MOST_SHOWN ? `${text.slice(0, MOST_SHOWN)}…` : text);
}
