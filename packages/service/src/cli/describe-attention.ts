import { cliLimits } from './cli-limits.ts';
import { localTime, table } from './layout.ts';

interface Named {
  paymentId: string;
  orderId: string;
  amount: string;
  currency: string;
  acceptedAt: string;
}

/** What a person must look at, as `GET /health` names it; of each kind the oldest first. */
export interface Attention {
  unknown: Named[];
  alarms: Named[];
  parked: Named[];
}

const KINDS = [
  ['unknown', 'in doubt'],
  ['alarms', 'alarm'],
  ['parked', 'parked'],
] as const;

/** The payments by name, each once, since it is by their ids that they are settled; `count` is how many conditions there are in all. */
export function describeAttention(attention: Attention, count: number): string[] {
  const whats = new Map<string, { payment: Named; what: string[] }>();
  for (const [kind, what] of KINDS) {
    for (const payment of attention[kind]) {
      const known = whats.get(payment.paymentId);
      if (known === undefined) whats.set(payment.paymentId, { payment, what: [what] });
      else known.what.push(what);
    }
  }
  const all = [...whats.values()];
  if (all.length === 0) return [];
  const shown = all.slice(0, cliLimits.attentionShown);
  const rows = shown.map(({ payment, what }) => [
    payment.paymentId,
    localTime(payment.acceptedAt),
    payment.orderId,
    `${payment.amount} ${payment.currency}`,
    what.join(', '),
  ]);
  const told = shown.reduce((sum, { what }) => sum + what.length, 0);
  return [
    table(COLUMNS, rows),
    ...(told < count ? ['There are more: tp-manager payments list --outcome unknown, or status --json.'] : []),
    'One of them: tp-manager payments show PAYMENT',
  ];
}

const COLUMNS = [
  { head: 'payment' },
  { head: 'at' },
  { head: 'order', gives: true },
  { head: 'amount', right: true },
  { head: 'what' },
] as const;
