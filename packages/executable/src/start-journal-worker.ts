import { Worker } from 'node:worker_threads';
import { KEPT_HANDLES } from '../../service/src/journal/kept-handles.ts';
import { ASSETS } from './asset-names.ts';

/** A thread of the journal makes little garbage; three of them, each with Node's 16 MB for it, would be a third of the service. */
const YOUNG = { maxYoungGenerationSizeMb: 2 };

/** Node reads a text that it is given several times over, in search of modules and of TypeScript: so the text is short, and the program an asset. */
const PROGRAM = `require('node:vm').compileFunction(
  require('node:sea').getAsset(${JSON.stringify(ASSETS.journalWorker)}, 'utf8'),
  ['require', 'module', 'exports'],
  { filename: ${JSON.stringify(ASSETS.journalWorker)} },
)(require, module, module.exports);`;

const warm: Worker[] = [];

/** Stands for the service's own in the executable: the thread's program comes from within it. */
export function startJournalWorker(): Worker {
  const worker = warm.shift() ?? newWorker();
  worker.ref();
  return worker;
}

/** Begins threads that will be wanted: they come up while the main one still reads its own program. */
export function warmJournalWorkers(count: number): void {
  for (let n = 0; n < count; n++) {
    const worker = newWorker();
    // Should they not be wanted after all, they keep nobody waiting.
    worker.unref();
    warm.push(worker);
  }
}

function newWorker(): Worker {
  return new Worker(PROGRAM, { ...KEPT_HANDLES, eval: true, resourceLimits: YOUNG });
}
