import { Command, CommanderError } from 'commander';
import { runDemo } from './demo/demo.ts';
import { gatewayCommand } from './gateway-command.ts';
import { WrongUse, wholeNumber } from './option-parsers.ts';
import { terminalCommand } from './terminal-command.ts';

/** As all programs of the connector: fine, failed, wrong use. */
const EXIT = { fine: 0, failed: 1, wrongUse: 2 } as const;

/** The whole program. */
export async function main(): Promise<void> {
  // A signal may come twice, from the keyboard and from the program that started us.
  const interrupted = new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => resolve());
  });

  // A reader that goes away must not end a payment.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});

  try {
    await simulatorProgram(interrupted).parseAsync();
  } catch (error) {
    if (error instanceof CommanderError) {
      process.exitCode = error.exitCode === 0 ? EXIT.fine : EXIT.wrongUse;
    } else {
      console.error(error instanceof Error ? error.message : String(error));
      process.exitCode = error instanceof WrongUse ? EXIT.wrongUse : EXIT.failed;
    }
  }
}

function simulatorProgram(interrupted: Promise<void>): Command {
  const program = new Command('ecr-simulator')
    .description('A payment terminal and a HiPay gateway that are not there, for developers of point-of-sale software.')
    .allowExcessArguments(false);

  program.addCommand(terminalCommand(interrupted));
  program.addCommand(gatewayCommand(interrupted));

  program
    .command('demo')
    .description('the whole system: terminal, service and gateway, two payments, and what came of them')
    .option('--once', 'end after the two payments')
    .option('--tp-manager <path>', "the service's program (default: that of this checkout)")
    .option('--payment-time <ms>', 'how long a customer takes (default: 3000)', wholeNumber(0, 600_000))
    .allowExcessArguments(false)
    .action(async (options: { once?: true; tpManager?: string; paymentTime?: number }) => {
      const { once = false, tpManager, paymentTime: paymentMs } = options;
      const allWell = await runDemo({ once, tpManager, paymentMs, print: (text) => console.log(text), interrupted });
      if (!allWell) process.exitCode = EXIT.failed;
    });

  // Each command by itself: it is not inherited by those that were made before they were added.
  for (const command of [program, ...program.commands]) command.exitOverride();
  return program;
}

// The executable has no top-level await, and calls main() itself.
if (import.meta.main) void main();
