import { main } from '../../service/src/main.ts';
import { ASSETS } from './asset-names.ts';
import { runAsset } from './run-asset.ts';
import { warmJournalWorkers } from './start-journal-worker.ts';
import { whichProgram } from './which-program.ts';

const { program, args, mayServe } = whichProgram(process.argv0, process.argv.slice(2));
process.argv.splice(2, process.argv.length, ...args);
if (program === 'setup') {
  runAsset(ASSETS.setup);
} else {
  // One that writes and one that reads.
  if (mayServe) warmJournalWorkers(2);
  void main();
}
