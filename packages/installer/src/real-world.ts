import { readFile } from 'node:fs/promises';
import { isSea } from 'node:sea';
import packageJson from '../package.json' with { type: 'json' };
import { folderState } from './folder-state.ts';
import { leavable } from './leavable.ts';
import { localPortState } from './local-port.ts';
import { listPorts } from './ports/list-ports.ts';
import { isNoSerialPort } from './ports/no-serial-port.ts';
import type { PortWorld } from './ports/port-world.ts';
import { serialport } from './ports/serialport.ts';
import { testTerminal } from './ports/test-terminal.ts';
import { realClock } from './real-clock.ts';
import { setupFolder } from './setup-folder.ts';
import { TerminalPrompter } from './terminal/terminal-prompter.ts';
import { homeFolder, userName } from './who-installs.ts';
import type { Acts, SetupWorld } from './world.ts';

/** This machine, and whoever sits at it. */
export function realWorld(acts: Acts): SetupWorld {
  const { platform, env, stdin, stdout, stderr } = process;
  const ports: PortWorld = {
    platform,
    root: '/',
    userName: userName(),
    async systemList() {
      const { SerialPort } = await serialport();
      return SerialPort.list();
    },
  };
  // Where standard output goes into a file or a pipe, the person is asked on the other one.
  const output = [stdout, stderr].find((stream) => stream.isTTY);
  return {
    platform,
    environment: env,
    locale: localeOf(platform, env),
    isRoot: process.getuid?.() === 0,
    homeFolder: homeFolder(),
    workingFolder: process.cwd(),
    programFolder: setupFolder(isSea() ? process.execPath : (process.argv[1] ?? '.')),
    version: packageJson.version,
    clock: realClock,
    print: (text) => stdout.write(`${text}\n`),
    printError: (text) => stderr.write(`${text}\n`),
    printsToTerminal: stdout.isTTY === true,
    prompter: (messages) =>
      stdin.isTTY && output !== undefined ? new TerminalPrompter({ input: stdin, output }, messages) : undefined,
    // The terminal has shown ^C behind what stood there.
    leavable: (work) => leavable(work, () => output?.write('\n')),
    readFile: (path) => readFile(path, 'utf8'),
    listPorts: () => listPorts(ports),
    testTerminal: (serialPort, settings) => testTerminal(serialPort, settings, ports, realClock),
    isNoSerialPort: (serialPort) => isNoSerialPort(serialPort, ports),
    localPort: localPortState,
    folderState: (path) => folderState(path),
    acts,
  };
}

/** Windows keeps the language elsewhere than in the environment. */
function localeOf(platform: NodeJS.Platform, env: NodeJS.ProcessEnv): string {
  const { LC_ALL, LC_MESSAGES, LANG } = env;
  if (platform === 'win32') return Intl.DateTimeFormat().resolvedOptions().locale;
  return LC_ALL || LC_MESSAGES || LANG || '';
}
