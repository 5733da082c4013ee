import { expect, test } from '@jest/globals';
import { Command } from 'commander';
import { PAYMENT_STATES } from '../payments/payment.ts';
import { addCommands } from './add-commands.ts';
import type { CliWorld } from './cli-world.ts';

test('payments list --help names each state that a payment can be in', () => {
  const program = new Command('tp-manager');
  addCommands(program, {} as CliWorld, () => {});
  const payments = program.commands.find((command) => command.name() === 'payments');
  const help = payments?.commands.find((command) => command.name() === 'list')?.helpInformation() ?? '';
  const named = /only those that stand so: ([a-z_,\s]+?)\s+--from/.exec(help)?.[1]?.split(/,\s+/);
  expect(named).toEqual([...PAYMENT_STATES]);
});
