import { cliLimits } from './cli-limits.ts';
import { type CliWorld, EXIT, type ExitStatus } from './cli-world.ts';
import { Connection } from './connection.ts';
import { localTime, table, unbroken, wrapped } from './layout.ts';
import { checkOptions, idOf, sentence } from './option-checks.ts';
import { json } from './show-json.ts';

/** An answer that belongs to no payment, as the local interface gives it. */
interface Orphan {
  orphanId: number;
  at: string;
  why: string;
  answer: string;
  result?: string;
  amount?: string;
  currency?: string;
  acknowledged?: { note: string; by: string; at: string };
}

/** What the terminal said that belongs to no payment, newest first; `open`: only what nobody has acknowledged. */
export function orphansCommand(options: { open?: true }, world: CliWorld): Promise<ExitStatus> {
  return Connection.with(world, async (connection) => {
    const all: Orphan[] = [];
    for (let cursor: string | undefined; ; ) {
      const query = new URLSearchParams({
        limit: String(cliLimits.page),
        ...(options.open && { open: 'true' }),
        ...(cursor !== undefined && { cursor }),
      });
      const { items, next } = (await connection.read(`/orphans?${query}`)).body as { items: Orphan[]; next?: string };
      all.push(...items);
      if (next === undefined) break;
      cursor = next;
    }
    world.print(world.asJson() ? json({ items: all }) : describe(all));
    return EXIT.fine;
  });
}

/** A person has looked at one of them: it is in health no longer. */
export function acknowledgeCommand(
  orphanId: number | undefined,
  word: { note?: string; by?: string },
  world: CliWorld,
): Promise<ExitStatus> {
  const number = idOf("the answer's number, which 'tp-manager payments orphans' shows");
  checkOptions('payments acknowledge', [
    { name: 'ORPHAN', given: orphanId?.toString(), check: number, required: true },
    {
      name: '--note',
      given: word.note,
      check: sentence('what came of it, such as what the ticket says', 500),
      required: true,
    },
    { name: '--by', given: word.by, check: sentence('who says so', 100), required: true },
  ]);
  return Connection.with(world, async (connection) => {
    const { body } = await connection.change(`/orphans/${orphanId}/acknowledgement`, word);
    world.print(world.asJson() ? json(body) : describe([body as Orphan]));
    return EXIT.fine;
  });
}

function describe(orphans: Orphan[]): string {
  if (orphans.length === 0) return 'There are no such answers.';
  const columns = [
    { head: 'orphan', right: true },
    { head: 'at' },
    { head: 'result' },
    { head: 'amount', right: true },
    { head: 'acknowledged', gives: true },
  ] as const;
  const rows = orphans.map(({ orphanId, at, result, amount, currency, acknowledged }) => [
    String(orphanId),
    localTime(at),
    RESULTS[result ?? ''] ?? result ?? 'cannot be read',
    amount === undefined ? '' : `${amount} ${currency ?? ''}`.trim(),
    acknowledged === undefined ? 'no' : `by ${acknowledged.by}: ${acknowledged.note}`,
  ]);
  const open = orphans.some(({ acknowledged }) => acknowledged === undefined);
  const then = unbroken('tp-manager payments acknowledge ORPHAN --note TEXT --by NAME');
  const next = `Compare each with the tickets of the terminal: somebody may have paid without a sale. Then: ${then}`;
  return [table(columns, rows), ...(open ? [wrapped(next)] : [])].join('\n');
}

const RESULTS: Record<string, string> = { '0': 'approved', '7': 'not completed' };
