import { appendFileSync } from 'node:fs';
import { formatMinor } from '@hipay-ecr/shared/money.ts';
import { Command, Option } from 'commander';
import { baudRate, scenarioName, WrongUse, wholeNumber } from './option-parsers.ts';
import { realClock } from './real-clock.ts';
import { startTerminal } from './start-terminal.ts';
import type { PrivateFieldHabit } from './terminal/answer.ts';
import { Ledger } from './terminal/ledger.ts';
import { asJson, narrate } from './terminal/narrate.ts';
import { type ScenarioName, scenarios } from './terminal/scenario.ts';
import type { TerminalEvent } from './terminal/terminal-event.ts';

interface TerminalOptions {
  tcp?: number;
  link?: string;
  baud?: number;
  privateField: PrivateFieldHabit;
  always?: ScenarioName;
  ledger?: string;
  paymentTime?: number;
  json?: true;
}

/** `ecr-simulator terminal`: runs until it is interrupted. */
export function terminalCommand(interrupted: Promise<void>): Command {
  return new Command('terminal')
    .description('a Concert V2 terminal on a pseudo-terminal (Linux) or a TCP port')
    .option('--tcp <port>', 'listen on this port of 127.0.0.1 (0: any free one)', wholeNumber(0, 65_535))
    .option('--link <path>', 'keep a symbolic link to the device at this path')
    .option('--baud <rate>', 'be as slow as a line of this rate', baudRate)
    .addOption(
      new Option('--private-field <habit>', 'what answers hold in the private field')
        .choices(['echo', 'blank', 'opaque'])
        .default('echo'),
    )
    .option('--always <scenario>', 'the scenario of every payment, whatever its amount', scenarioName)
    .option('--ledger <file>', 'append each charge to this file, as a line of JSON')
    .option('--payment-time <ms>', 'how long a customer takes (default: 3000)', wholeNumber(0, 600_000))
    .option('--json', 'print what happens as lines of JSON, the bytes of the line included')
    .addHelpText('after', `\nAmounts and scenarios:\n${scenarioList()}`)
    .allowExcessArguments(false)
    .action((options: TerminalOptions) => runTerminal(options, interrupted));
}

async function runTerminal(options: TerminalOptions, interrupted: Promise<void>): Promise<void> {
  const { tcp, link, ledger: file } = options;
  if (tcp !== undefined && link !== undefined)
    throw new WrongUse('--link is for a device, --tcp for a port: choose one');
  // Found out now rather than at the first payment.
  if (file !== undefined) appendFileSync(file, '');
  const tell = (event: TerminalEvent) => {
    const text = options.json ? asJson(event, realClock.nowMs()) : narrate(event);
    if (text !== undefined) console.log(text);
  };
  const started = await startTerminal({
    line: tcp === undefined ? 'pty' : 'tcp',
    tcpPort: tcp,
    link,
    baud: options.baud,
    privateField: options.privateField,
    always: options.always,
    ledger: new Ledger(file),
    delays: { paymentMs: options.paymentTime },
    happened: tell,
  });
  console.log(
    options.json
      ? JSON.stringify({ kind: 'ready', path: started.path })
      : `serial_port of the register: ${started.path}`,
  );
  await interrupted;
  await started.close();
}

function scenarioList(): string {
  return scenarios
    .map(({ amountMinor, name, sentence }) => {
      const amount = amountMinor === undefined ? 'any other' : formatMinor(amountMinor);
      return `  ${amount.padEnd(10)} ${name.padEnd(14)} ${sentence}`;
    })
    .join('\n');
}
