import { type CliWorld, EXIT, type ExitStatus } from './cli-world.ts';
import { Connection } from './connection.ts';
import { counted, table, wrapped } from './layout.ts';
import { aCurrency, aDay, aTotal, checkOptions } from './option-checks.ts';
import { json } from './show-json.ts';

export interface ReportOptions {
  date?: string;
  terminalTotal?: string;
  currency?: string;
  csv?: true;
}

interface Sum {
  count: number;
  amount: string;
}

interface Report {
  date: string;
  totals: ({ currency: string; transactionType: string } & Record<string, Sum>)[];
  differences: {
    kind: string;
    sentence: string;
    orderId?: string;
    amount?: string;
    currency?: string;
    paymentId?: string;
  }[];
  payments: unknown[];
  terminal?: {
    total: string;
    journal: string;
    gap: string;
    currency: string;
    agrees: boolean;
    explanations: string[];
    unexplained?: string;
  };
}

const SUMS: readonly (readonly [name: string, head: string])[] = [
  ['asked', 'the till asked'],
  ['approved', 'approved'],
  ['refused', 'refused'],
  ['notSent', 'not sent'],
  // No money that is known to be taken: what was asked, apart, and part of no sum.
  ['unknown', 'unknown (asked)'],
  ['running', 'running'],
  ['registered', 'HiPay knows'],
  ['waiting', 'HiPay waits'],
  ['parked', 'HiPay, parked'],
];

/** The end of a day. */
export function reportCommand(options: ReportOptions, world: CliWorld): Promise<ExitStatus> {
  const { date, terminalTotal, currency, csv } = options;
  checkOptions('payments report', [
    { name: '--date', given: date, check: aDay },
    { name: '--terminal-total', given: terminalTotal, check: aTotal },
    { name: '--currency', given: currency, check: aCurrency },
  ]);
  const query = new URLSearchParams({
    ...(date !== undefined && { date }),
    ...(terminalTotal !== undefined && { terminal_total: terminalTotal }),
    ...(currency !== undefined && { currency }),
  });
  return Connection.with(world, async (connection) => {
    const { text, body } = await connection.read(`/report?${query}`, csv ? 'text/csv' : 'application/json');
    if (csv) world.print(text.trimEnd());
    else world.print(world.asJson() ? json(body) : describe(body as Report));
    return EXIT.fine;
  });
}

function describe({ date, totals, differences, payments, terminal }: Report): string {
  const sums = totals.map((total) => {
    const rows = SUMS.flatMap(([name, head]) => {
      const sum = total[name] as Sum | undefined;
      return sum === undefined || sum.count === 0 ? [] : [[head, String(sum.count), sum.amount]];
    });
    const columns = [
      { head: `${total.transactionType} ${total.currency}` },
      { head: 'count', right: true },
      { head: 'amount', right: true },
    ] as const;
    return table(columns, rows);
  });
  const listed = differences.map(({ kind, sentence, orderId, amount, currency, paymentId }) => {
    const about = [orderId && `order ${orderId}`, amount && `${amount} ${currency ?? ''}`.trim(), paymentId].filter(
      Boolean,
    );
    return wrapped(`- ${kind}${about.length > 0 ? ` (${about.join(', ')})` : ''}: ${sentence}`);
  });
  return [
    `${date}: ${counted(payments.length, 'payment')}, ${counted(differences.length, 'difference')}`,
    ...sums,
    ...(terminal === undefined ? [] : [describeTerminal(terminal)]),
    ...(listed.length === 0 ? [] : [listed.join('\n')]),
  ].join('\n\n');
}

function describeTerminal({
  total,
  journal,
  gap,
  currency,
  agrees,
  explanations,
  unexplained,
}: NonNullable<Report['terminal']>): string {
  if (agrees) return `The terminal's total, ${total} ${currency}, is the journal's.`;
  const verdict = `The terminal's total is ${total} ${currency}, the journal's ${journal}: a gap of ${gap}.`;
  const why = unexplained === undefined ? explanations : [unexplained];
  return [verdict, ...why.map((sentence) => `- ${sentence}`)].map((line) => wrapped(line)).join('\n');
}
