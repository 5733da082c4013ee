import { Command } from 'commander';
import packageJson from '../package.json' with { type: 'json' };

/** Until the dialogue is there: says so, and what to do instead. */
new Command('setup')
  .description('Installs the connector on this till.')
  .version(packageJson.version)
  .action(() => {
    console.error(
      'This version has no setup dialogue yet. Write config.yml by hand (the README shows a whole one) and start tp-manager --config FILE.',
    );
    process.exitCode = 1;
  })
  .parse();
