import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { getAsset } from 'node:sea';
import { compileFunction } from 'node:vm';

/** Runs a bundle that the executable carries beside its main one, and gives what it exports: what is not always needed is not always read. */
export function runAsset(name: string): unknown {
  const module = { exports: {} };
  const { execPath } = process;
  // As in Node's own modules. Bundles require nothing but what Node itself has.
  const names = ['require', 'module', 'exports', '__filename', '__dirname'];
  const run = compileFunction(getAsset(name, 'utf8'), names, { filename: name });
  run(createRequire(execPath), module, module.exports, execPath, dirname(execPath));
  return module.exports;
}
