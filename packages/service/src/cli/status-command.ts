import { existsSync } from 'node:fs';
import { OperatingError } from '@hipay-ecr/shared/errors.ts';
import { isWorkedOn } from '../journal/data-folder-lock.ts';
import { journalFile } from '../journal/journal-files.ts';
import { lastSetAside, noJournal } from '../journal/no-journal.ts';
import { WrongUse } from '../wrong-use.ts';
import { type CliWorld, EXIT, type ExitStatus } from './cli-world.ts';
import { Connection } from './connection.ts';
import { type Attention, describeAttention } from './describe-attention.ts';
import { isHeld } from './hold.ts';
import { howToStart } from './how-to-start.ts';
import { inBetween } from './in-between.ts';
import { counted, localTime, named, unbroken, wrapped } from './layout.ts';
import { json } from './show-json.ts';
import { knowsOthers, strangeAnswer } from './who-answers.ts';

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
    if (answer === 'down') return notRunning(world, connection);
    const health = answer.body as Health | undefined;
    if (health?.terminal === undefined) {
      const otherwise = `What answers at the port of the service is not its health (HTTP status ${answer.status}): another program, or another version. Start the service anew.`;
      const what = strangeAnswer(answer) ?? otherwise;
      const isOurs = knowsOthers(answer.body) && isWorkedOn(connection.installation.dataFolder);
      if (world.asJson() && isOurs) world.print(json({ running: true, problems: [what] }));
      world.complain(what);
      return EXIT.failed;
    }
    world.print(world.asJson() ? json({ running: true, ...health }) : describe(health));
    return health.status === 'failing' ? EXIT.failed : EXIT.fine;
  });
}

/** What somebody must look at is told from the journal, as the service would tell it. */
async function notRunning(world: CliWorld, connection: Connection): Promise<ExitStatus> {
  const { dataFolder, served } = connection.installation;
  connection.complainOfConfig();
  const held = isHeld(dataFolder);
  const isMisconfigured = served instanceof WrongUse;
  const why = held ? ': it was stopped with --hold, and always-up leaves it so' : '';
  const start = howToStart({ dataFolder, configFile: world.configFile(), program: world.program });
  const between = inBetween(dataFolder);
  const mend = isMisconfigured ? 'With what config.yml says it cannot be started: mend that, then start' : 'Start';
  const sentences = wrapped(between ?? `The service is not running${why}. ${mend} it with: ${unbroken(start)}`);
  const left = await leftBehind(connection);
  if (world.asJson()) world.print(json({ running: false, held, ...left }));
  else world.print([sentences, ...(left === undefined ? [] : attentionLines(left))].join('\n'));
  return isMisconfigured ? EXIT.wrongUse : EXIT.failed;
}

/** Undefined where the service has never run with this configuration. */
async function leftBehind(connection: Connection): Promise<Left | Pick<Health, 'problems'> | undefined> {
  const { dataFolder } = connection.installation;
  if (!existsSync(journalFile(dataFolder))) {
    return lastSetAside(dataFolder) === undefined ? undefined : { problems: [noJournal(dataFolder)] };
  }
  try {
    const { body } = await connection.askJournal({ method: 'GET', path: '/health' });
    if (!('journal' in (body as object)))
      return { problems: [(body as { errorDescription: string }).errorDescription] };
    const { problems, unknownPayments, journal, outbox, attention } = body as Health;
    return {
      problems,
      unknownPayments,
      journal: { alarms: journal.alarms, orphans: journal.orphans },
      outbox,
      attention,
    };
  } catch (error) {
    if (!(error instanceof OperatingError)) throw error;
    return { problems: [error.message] };
  }
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
  return [facts, ...attentionLines({ problems, attention, unknownPayments, journal, outbox }), ...hints].join('\n');
}

type Left = Pick<Health, 'problems' | 'unknownPayments' | 'journal' | 'outbox'> & { attention: Attention | undefined };

/** What somebody must look at: in words, and one by one. */
function attentionLines(left: Left | Pick<Health, 'problems'>): string[] {
  const problems = left.problems.map((problem) => wrapped(`- ${problem}`));
  if (!('attention' in left) || left.attention === undefined) return problems;
  const { attention, unknownPayments, journal, outbox } = left;
  const { length: running } = attention.running;
  const counts = { unknown: unknownPayments, running, alarms: journal.alarms, parked: outbox.parked };
  return [...problems, ...describeAttention(attention, counts)];
}

function duration(ms: number): string {
  const minutes = Math.floor(ms / 60_000);
  const [days, hours] = [Math.floor(minutes / 1440), Math.floor((minutes % 1440) / 60)];
  return [days > 0 && `${days} d`, hours > 0 && `${hours} h`, `${minutes % 60} min`].filter(Boolean).join(' ');
}
