import { openJournalForReading } from '../journal/open-for-reading.ts';
import { type CliWorld, EXIT, type ExitStatus } from './cli-world.ts';
import { exportFacts } from './export-facts.ts';
import { dataFolderOf } from './installation-of.ts';
import { counted } from './layout.ts';
import { json } from './show-json.ts';
import { writeWhole } from './write-whole.ts';

/**
 * All facts as lines of JSON, straight from the journal, whether or not the service runs. Of a damaged one all that can
 * be read; what is missing is said apart, and the command has failed then.
 */
export async function exportCommand(options: { output?: string }, world: CliWorld): Promise<ExitStatus> {
  const dataFolder = await dataFolderOf(world);
  const journal = await openJournalForReading(dataFolder);
  const missing: string[] = [];
  try {
    const facts = exportFacts(journal, (sentence) => missing.push(sentence));
    if (options.output === undefined) {
      for await (const fact of facts) world.print(fact.trimEnd());
    } else {
      const count = await writeWhole(options.output, facts);
      const { output: file } = options;
      const done = { file, facts: count, ...(missing.length > 0 && { missing }) };
      world.print(world.asJson() ? json(done) : `${counted(count, 'fact')} written to ${file}.`);
    }
    for (const sentence of missing) world.complain(sentence);
    return missing.length === 0 ? EXIT.fine : EXIT.failed;
  } finally {
    await journal.close();
  }
}
