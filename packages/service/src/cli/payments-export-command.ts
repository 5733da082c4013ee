import { openJournalForReading } from '../journal/open-for-reading.ts';
import { type CliWorld, EXIT, type ExitStatus } from './cli-world.ts';
import { exportFacts } from './export-facts.ts';
import { json } from './show-json.ts';
import { writeWhole } from './write-whole.ts';

/** All facts as lines of JSON, straight from the journal, whether or not the service runs. */
export async function exportCommand(options: { output?: string }, world: CliWorld): Promise<ExitStatus> {
  const { dataFolder } = await world.installation();
  const journal = await openJournalForReading(dataFolder);
  try {
    const facts = exportFacts(journal, world.nowMs() + 1);
    if (options.output === undefined) {
      for await (const fact of facts) world.print(fact.trimEnd());
      return EXIT.fine;
    }
    const count = await writeWhole(options.output, facts);
    world.print(
      world.asJson() ? json({ file: options.output, facts: count }) : `${count} facts are in ${options.output}.`,
    );
    return EXIT.fine;
  } finally {
    await journal.close();
  }
}
