import { posixQuoted } from './program-script.ts';

/** As HiPay documents it: every two minutes. In a crontab a percent sign ends the command. */
export function cronLine(alwaysUp: string): string {
  const word = /^[\w@+=:,./-]+$/.test(alwaysUp) ? alwaysUp : posixQuoted(alwaysUp);
  return `*/2 * * * * ${word.replaceAll('%', '\\%')}`;
}

/** The crontab with the line, once. */
export function withLine(crontab: string, line: string): string {
  const lines = linesOf(crontab);
  return lines.includes(line) ? crontab : `${[...lines, line].join('\n')}\n`;
}

/** All else stays as it is; undefined where the line is not in it. */
export function withoutLine(crontab: string, line: string): string | undefined {
  const lines = linesOf(crontab);
  if (!lines.includes(line)) return undefined;
  return lines
    .filter((one) => one !== line)
    .map((one) => `${one}\n`)
    .join('');
}

function linesOf(crontab: string): string[] {
  return crontab === '' ? [] : crontab.replace(/\n$/, '').split('\n');
}
