import { spawn } from 'node:child_process';
import module, { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

const NODE_MAJOR = 24;

/** Path of the Node binary that the project brings along for this machine (an npm package per platform). */
function ourNode() {
  const os = process.platform === 'win32' ? 'win' : process.platform;
  const file = process.platform === 'win32' ? 'bin/node.exe' : 'bin/node';
  try {
    return createRequire(import.meta.url).resolve(`node-${os}-${process.arch}/${file}`);
  } catch {
    return undefined;
  }
}

/**
 * Runs a TypeScript entry, which exports main(), on the project's own Node: in this very process where it is that Node, else in a child
 * that gets this process's terminal and signals, and whose exit status becomes ours.
 */
export async function startOnOurNode(entry) {
  if (Number.parseInt(process.versions.node, 10) === NODE_MAJOR) {
    // What was compiled once is not compiled again, nor are its types erased again.
    module.enableCompileCache?.();
    const program = await import(entry.href);
    // Not awaited: a setup that is left at a question ends as interrupted, which is no mistake of ours.
    void program.main();
    return;
  }
  const node = ourNode();
  if (node === undefined) {
    console.error(
      `This program runs on Node ${NODE_MAJOR}, and this is Node ${process.versions.node}. ` +
        `'npm ci' in the project's folder brings the right one for Linux (x64, arm64) and Windows (x64); elsewhere install Node ${NODE_MAJOR}.`,
    );
    process.exitCode = 2;
    return;
  }
  const child = spawn(node, [fileURLToPath(entry), ...process.argv.slice(2)], { stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('exit', (code, signal) => {
    if (signal === null) process.exitCode = code ?? 1;
    else {
      process.removeAllListeners(signal);
      process.kill(process.pid, signal);
    }
  });
}
