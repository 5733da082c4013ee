import { createHash } from 'node:crypto';

/** A name of its own for each installation: several may belong to one user. */
export function unitName(folder: string): string {
  return `hipay-desktop-connector-${createHash('sha256').update(folder).digest('hex').slice(0, 8)}.service`;
}

/**
 * A unit of the user. launch keeps the service up; systemd starts launch with the computer and tries again later where the
 * service could not be started, but for a wrong configuration (status 2). `tp-manager stop --hold` outlasts a restart of the computer.
 * Node of a checkout would take options from NODE_OPTIONS (the executable heeds it not); the memory, which holds passwords, is never
 * dumped. A payment under way is waited for.
 */
export function systemdUnit(folder: string, launch: string): string {
  return `[Unit]
Description=HiPay Desktop Connector in ${escaped(folder)}
StartLimitIntervalSec=0

[Service]
Type=exec
ExecCondition=/bin/sh -c 'test ! -e "$$1"' sh "${escapedWord(`${folder}/hipay/ecr-connector/bin/data/hold`)}"
ExecStart=/bin/sh "${escapedWord(launch)}" --foreground
Restart=on-failure
RestartSec=60
RestartPreventExitStatus=2
KillMode=mixed
TimeoutStopSec=630
UnsetEnvironment=NODE_OPTIONS
LimitCORE=0

[Install]
WantedBy=default.target
`;
}

/** What a percent sign stands for in a unit (systemd.unit, "Specifiers"). */
function escaped(text: string): string {
  return text.replaceAll('%', '%%');
}

/**
 * In a quoted word of a command, backslash, quotation mark and dollar sign mean something too (systemd.service, "Command lines"). The
 * program itself may have none of these in its path, and its dollar signs stay double: it is a shell, and launch its first word.
 */
function escapedWord(text: string): string {
  return escaped(text).replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('$', '$$$$');
}
