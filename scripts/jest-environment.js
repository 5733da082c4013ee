import vm, { Script } from 'node:vm';
import { TestEnvironment } from 'jest-environment-node';

/** What V8 has compiled of a module, by the module's text. */
const kept = new Map();
/** The scripts of the test file that runs of which nothing is kept yet. */
const fresh = new Map();
const { compileFunction } = vm;

/**
 * Jest compiles its own modules and those of libraries anew for each of the three hundred test files, which is half of what a small one
 * costs. It offers nothing to be asked for it, so here stands what it calls: the same function, by a script, whose code V8 can give out
 * and take back.
 */
vm.compileFunction = (source, parameters, { parsingContext, ...options }) => {
  if (parsingContext === undefined) return compileFunction(source, parameters, options);
  const head = `(function (${parameters}) {`;
  const code = `${head}${source}\n})`;
  const script = new Script(code, { ...options, columnOffset: -head.length, cachedData: kept.get(code) });
  if (!kept.has(code)) fresh.set(code, script);
  return script.runInContext(parsingContext);
};

export default class extends TestEnvironment {
  /** Only now, as a function is compiled when it is called first. */
  async teardown() {
    for (const [code, script] of fresh) kept.set(code, script.createCachedData());
    fresh.clear();
    await super.teardown();
  }
}
