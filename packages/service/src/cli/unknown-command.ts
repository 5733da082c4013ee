import { nearestKey } from '@hipay-ecr/shared/config/nearest-key.ts';
import type { Command } from 'commander';
import { WrongUse } from '../wrong-use.ts';

/** What stands where a command should, with the one that somebody most likely meant: commander says so only below a command. */
export function unknownCommand(name: string, { commands }: Command): WrongUse {
  const meant = nearestKey(
    name,
    commands.map((command) => command.name()),
  );
  const hint = meant === undefined ? '' : ` Did you mean '${meant}'?`;
  return new WrongUse([`There is no command '${name}'.${hint} 'tp-manager --help' lists them.`]);
}
