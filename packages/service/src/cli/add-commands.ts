import { type Command, InvalidArgumentError } from 'commander';
import { PAYMENT_STATES } from '../payments/payment.ts';
import { cliLimits } from './cli-limits.ts';
import type { CliWorld, ExitStatus } from './cli-world.ts';
import { rebuildIndexCommand } from './journal-rebuild-index-command.ts';
import { setAsideCommand } from './journal-set-aside-command.ts';
import { resendCommand, resolveCommand } from './payments-change-commands.ts';
import { exportCommand } from './payments-export-command.ts';
import { listCommand } from './payments-list-command.ts';
import { acknowledgeCommand, orphansCommand } from './payments-orphans-command.ts';
import { reportCommand } from './payments-report-command.ts';
import { showCommand } from './payments-show-command.ts';
import { statusCommand } from './status-command.ts';
import { stopCommand } from './stop-command.ts';
import { supportBundleCommand } from './support-bundle-command.ts';

/** The commands beside the service itself. `ended` hears with which status each has ended. */
export function addCommands(program: Command, world: CliWorld, ended: (status: ExitStatus) => void): void {
  const does = <Given extends unknown[]>(act: (...given: Given) => Promise<ExitStatus>) => {
    return async (...given: Given): Promise<void> => ended(await act(...given));
  };
  const add = (parent: Command, name: string, description: string): Command =>
    parent
      .command(name)
      .description(description)
      .allowExcessArguments(false)
      .configureHelp({ showGlobalOptions: true });

  add(program, 'status', 'tell how the running service is').action(does(() => statusCommand(world)));
  add(program, 'stop', 'stop the service, after the payment that runs')
    .option('--hold', 'always-up leaves it stopped until the next launch')
    .action(does((options: { hold?: true }) => stopCommand(options, world)));
  add(
    program,
    'support-bundle',
    'zip what support asks for: logs, configuration, health, traces; no secret, no card number',
  )
    .option('--output <file>', 'into this file (default: one with the time in its name, in this folder)')
    .option('--days <days>', 'so many days of the log', wholeNumber(36_500), cliLimits.bundleDays)
    .action(does((options) => supportBundleCommand(options, world)));

  const payments = add(program, 'payments', 'what the journal knows of payments, and what a person says of them');
  add(payments, 'list', 'list payments, newest first')
    .option('--order <id>', 'only those of this order')
    .option('--outcome <outcome>', `only those that stand so: ${PAYMENT_STATES.join(', ')}`)
    .option('--from <when>', 'accepted then or later: a day, or a moment (2026-01-05T09:30:00Z)')
    .option('--to <when>', 'accepted before; a day counts whole')
    .option('--limit <count>', 'at most so many', wholeNumber(100_000), 50)
    .option('--cursor <cursor>', 'go on where the last list ended')
    .action(does((options) => listCommand(options, world)));
  add(payments, 'show', 'show one payment')
    .argument('<payment>', 'its id, or the order_id: then the payment that counts for the order')
    .option('--trace', 'and the bytes that went over the line')
    .action(does((name: string, options: { trace?: true }) => showCommand(name, options, world)));
  add(payments, 'resolve', 'say whether a payment in doubt was paid')
    .usage('<payment> --outcome <outcome> --note <text> --by <name> [options]')
    .argument('[payment]', 'its id (payments list shows it), or the order_id where the order has had no other')
    .option('--outcome <outcome>', 'approved or refused')
    .option('--note <text>', "why: what the terminal's ticket says, say")
    .option('--by <name>', 'who says so')
    .option('--amount <amount>', 'what the terminal took, where it is another amount')
    .option('--replaces <version>', 'the settlement that this one replaces', wholeNumber(1_000_000))
    .action(does((paymentId: string | undefined, options) => resolveCommand(paymentId, options, world)));
  add(payments, 'resend', 'send parked registrations to HiPay again')
    .argument('[payment]', 'its id (payments list shows it), or the order_id where the order has had no other')
    .option('--parked', 'all of them')
    .option('--by <name>', 'who says so')
    .option('--not-at-hipay', "somebody has looked in HiPay's back office: this one is not there")
    .action(does(async (paymentId: string | undefined, options) => resendCommand(paymentId, options, world)));
  add(payments, 'orphans', 'list the answers of the terminal that belong to no payment')
    .option('--open', 'only those that nobody has acknowledged')
    .action(does((options: { open?: true }) => orphansCommand(options, world)));
  add(payments, 'acknowledge', 'say that such an answer has been looked at')
    .usage('<orphan> --note <text> --by <name> [options]')
    .argument('[orphan]', 'its number (payments orphans shows it)', wholeNumber(999_999_999, ORPHAN_NUMBERS))
    .option('--note <text>', "what came of it: what the terminal's ticket says, say")
    .option('--by <name>', 'who says so')
    .action(does((orphan: number | undefined, word) => acknowledgeCommand(orphan, word, world)));
  add(payments, 'report', 'the end of a day: what was asked, answered and registered, and each difference')
    .option('--date <day>', 'such as 2026-01-05 (default: today)')
    .option('--terminal-total <amount>', "the terminal's own total, to compare")
    .option('--currency <code>', 'that of the total (default: EUR)')
    .option('--csv', 'for a spreadsheet')
    .action(does((options) => reportCommand(options, world)));
  add(payments, 'export', 'write all facts as lines of JSON, straight from the journal')
    .option('--output <file>', 'into this file, which only its owner can read (default: print them)')
    .action(does((options: { output?: string }) => exportCommand(options, world)));

  const journal = add(program, 'journal', 'the journal itself');
  add(journal, 'rebuild-index', 'derive its index from its facts again, where only the index is damaged').action(
    does(() => rebuildIndexCommand(world)),
  );
  add(journal, 'set-aside', 'put a damaged journal aside; the service begins a new one')
    .option('--even-intact', 'also where it is not known to be damaged')
    .action(does((options: { evenIntact?: true }) => setAsideCommand(options, world)));
}

const ORPHAN_NUMBERS = ", of those that 'tp-manager payments orphans' shows";

function wholeNumber(most: number, whence = ''): (text: string) => number {
  return (text) => {
    if (/^\d{1,9}$/.test(text) && Number(text) >= 1 && Number(text) <= most) return Number(text);
    throw new InvalidArgumentError(`Expected a number from 1 to ${most}${whence}.`);
  };
}
