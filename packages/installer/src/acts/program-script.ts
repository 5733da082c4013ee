import type { Source } from './system.ts';

/** The script that stands for the program where it is installed from a checkout: it starts the checkout's, with this installation's data. */
export function programScript(
  { node, program }: Extract<Source, { kind: 'checkout' }>,
  platform: NodeJS.Platform,
): string {
  return platform === 'win32' ? windowsScript(node, program) : posixScript(node, program);
}

function posixScript(node: string, program: string): string {
  return `#!/bin/sh
# Starts tp-manager from the checkout that this installation was made from.
here=$(CDPATH='' cd -P "$(dirname "$0")" && pwd -P) || exit 1
exec ${posixQuoted(node)} ${posixQuoted(program)} --config "$here/data/config.yml" "$@"
`;
}

function windowsScript(node: string, program: string): string {
  const lines = [
    '@echo off',
    'rem Starts tp-manager from the checkout that this installation was made from.',
    `"${windowsEscaped(node)}" "${windowsEscaped(program)}" --config "%~dp0data\\config.yml" %*`,
    'exit /b %errorlevel%',
  ];
  return lines.map((line) => `${line}\r\n`).join('');
}

/** One word for a POSIX shell, whatever is in it. */
export function posixQuoted(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}

/** No Windows path has a quotation mark, but a percent sign would name a variable. */
function windowsEscaped(path: string): string {
  return path.replaceAll('%', '%%');
}
