import { createRequire } from 'node:module';
import { getAsset } from 'node:sea';
import { compileFunction } from 'node:vm';

/** Runs a bundle that the executable carries beside its main one, and gives what it exports: what is not always needed is not always read. */
export function runAsset(name: string): unknown {
  const module = { exports: {} };
  const run = compileFunction(getAsset(name, 'utf8'), ['require', 'module', 'exports'], { filename: name });
  // Bundles require nothing but what Node itself has.
  run(createRequire(process.execPath), module, module.exports);
  return module.exports;
}
