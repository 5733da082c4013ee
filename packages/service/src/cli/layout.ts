import { cliLimits } from './cli-limits.ts';

export interface Column {
  head: string;
  right?: true;
  /** It takes what the others leave, and is cut where that is too little. */
  gives?: true;
}

/** A table that fits a screen: the columns that may give way share what the others leave. */
export function table(columns: readonly Column[], rows: readonly (readonly string[])[]): string {
  const natural = columns.map(({ head }, n) => Math.max(head.length, ...rows.map((row) => [...(row[n] ?? '')].length)));
  const fixed = natural.reduce((sum, width, n) => sum + (columns[n]?.gives ? 0 : width), 0) + columns.length - 1;
  const widths = shares(columns, natural, cliLimits.columns - fixed);
  const line = (cells: readonly string[]): string =>
    columns
      .map(({ right }, n) => fit(cells[n] ?? '', widths[n] ?? 0, right === true))
      .join(' ')
      .trimEnd();
  return [line(columns.map(({ head }) => head)), ...rows.map(line)].join('\n');
}

/** What little is needed is given whole; the rest is shared by those that need more. */
function shares(columns: readonly Column[], natural: readonly number[], room: number): number[] {
  const widths = [...natural];
  const giving = columns.flatMap(({ gives }, n) => (gives ? [n] : []));
  giving.sort((one, other) => (natural[one] ?? 0) - (natural[other] ?? 0));
  let left = room;
  for (const [done, n] of giving.entries()) {
    widths[n] = Math.max(1, Math.min(natural[n] ?? 0, Math.floor(left / (giving.length - done))));
    left -= widths[n] ?? 0;
  }
  return widths;
}

function fit(text: string, width: number, right: boolean): string {
  const characters = [...text];
  const cut = characters.length > width ? `${characters.slice(0, width - 1).join('')}…` : text;
  const padding = ' '.repeat(Math.max(0, width - [...cut].length));
  return right ? padding + cut : cut + padding;
}

/** A sentence, broken between words and never inside a command; what follows its first line is indented. */
export function wrapped(text: string, indent = '  '): string {
  const [first = '', ...rest] = linesOf(text, cliLimits.columns - indent.length);
  return [first, ...rest.map((line) => indent + line)].join('\n');
}

/** Names and what they stand for, one a line; those without a value are left out. */
export function named(values: Record<string, string | undefined>): string {
  const given = Object.entries(values).filter(([, value]) => value !== undefined && value !== '');
  const width = Math.max(0, ...given.map(([name]) => name.length)) + 2;
  return given
    .map(([name, value = '']) => {
      const [first = '', ...rest] = linesOf(value, cliLimits.columns - width);
      return [name.padEnd(width) + first, ...rest.map((line) => ' '.repeat(width) + line)].join('\n');
    })
    .join('\n');
}

/** Stands for a space at which no line is broken; no text for people has it. */
const KEPT_SPACE = '\0';

/** What is copied as a whole: a command with its arguments. */
export function unbroken(command: string): string {
  return command.replaceAll(' ', KEPT_SPACE);
}

/** A word, or a command as sentences name it: quoted, or by the words that say which one it is. */
const WORDS = /\S*?(?:'tp-manager [^']+'|"sudo [^"]+"|tp-manager (?:payments|journal) [a-z-]+)\S*|\S+/g;

/** What is longer than a line stands alone, as long as it is: it may have to be copied. */
function linesOf(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const kept of text.match(WORDS) ?? []) {
    const word = kept.replaceAll(KEPT_SPACE, ' ');
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= width) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}

/** `1 payment`, `2 payments`. */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/** `2026-01-05T09:30:00.000Z` by the local clock: `01-05 10:30`, whole: `2026-01-05 10:30:00`. */
export function localTime(iso: string | undefined, whole = false): string {
  if (iso === undefined) return '';
  const at = new Date(iso);
  const local = new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().replace('T', ' ');
  return whole ? local.slice(0, 19) : local.slice(5, 16);
}
