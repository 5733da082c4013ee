import { type CliWorld, EXIT, type ExitStatus } from './cli-world.ts';
import { Connection } from './connection.ts';
import { type Attention, describeAttention } from './describe-attention.ts';
import { isHeld } from './hold.ts';
import { howToStart } from './how-to-start.ts';
import { counted, localTime, named, wrapped } from './layout.ts';
import { json } from './show-json.ts';
import { strangeAnswer } from './who-answers.ts';

/** As `GET /health` tells it. */
interface Health {
  status: 'ok' | 'attention' | 'failing';
  version: string;
  uptimeMs: number;
  terminal: { state: string; port: string; detail: string; lastHeardAt?: string };
  hipay: { state: string; environment: string; detail: string };
  outbox: { waiting: number; parked: number };
  unknownPayments: number;
  journal: { orphans: number; alarms: number };
  attention?: Attention;
  problems: string[];
  warnings: string[];
}

/** How the service is. It fails where no payment can be taken. */
export function statusCommand(world: CliWorld): Promise<ExitStatus> {
  return Connection.with(world, async (connection) => {
    const answer = await connection.ask({ method: 'GET', path: '/health' });
    if (answer === 'down') return notRunning(world, connection.installation.dataFolder);
    const health = answer.body as Health | undefined;
    if (health?.terminal === undefined) {
      const otherwise = `What answers at the port of the service is not its health (HTTP status ${answer.status}): another program, or another version. Start the service anew.`;
      world.complain(strangeAnswer(answer) ?? otherwise);
      return EXIT.failed;
    }
    world.print(world.asJson() ? json({ running: true, ...health }) : describe(health));
    return health.status === 'failing' ? EXIT.failed : EXIT.fine;
  });
}

function notRunning(world: CliWorld, dataFolder: string): ExitStatus {
  const held = isHeld(dataFolder);
  const why = held ? ': it was stopped with --hold, and always-up leaves it so' : '';
  const start = howToStart({ dataFolder, configFile: world.configFile(), program: world.program });
  const sentences = wrapped(`The service is not running${why}. Start it with: ${start}`);
  world.print(world.asJson() ? json({ running: false, held }) : sentences);
  return EXIT.failed;
}

function describe({
  status,
  version,
  uptimeMs,
  terminal,
  hipay,
  outbox,
  unknownPayments,
  journal,
  attention,
  problems,
  warnings,
}: Health): string {
  const words = {
    ok: 'all is well',
    attention: 'payments go on; somebody should look',
    failing: 'no payment can be taken',
  };
  const facts = named({
    status: `${status}: ${words[status]}`,
    version,
    up: duration(uptimeMs),
    terminal: `${terminal.state} at ${terminal.port}: ${terminal.detail}`,
    'last heard': localTime(terminal.lastHeardAt, true),
    HiPay: `${hipay.state} (${hipay.environment}): ${hipay.detail}`,
    outbox: `${outbox.waiting} waiting, ${outbox.parked} parked`,
    'to settle': `${unknownPayments} unknown, ${journal.alarms} with an alarm, ${counted(journal.orphans, 'orphan')}`,
  });
  const hints = warnings.map((warning) => wrapped(`(${warning})`));
  const counts = { unknown: unknownPayments, alarms: journal.alarms, parked: outbox.parked };
  const payments = attention === undefined ? [] : describeAttention(attention, counts);
  return [facts, ...problems.map((problem) => wrapped(`- ${problem}`)), ...payments, ...hints].join('\n');
}

function duration(ms: number): string {
  const minutes = Math.floor(ms / 60_000);
  const [days, hours] = [Math.floor(minutes / 1440), Math.floor((minutes % 1440) / 60)];
  return [days > 0 && `${days} d`, hours > 0 && `${hours} h`, `${minutes % 60} min`].filter(Boolean).join(' ');
}
