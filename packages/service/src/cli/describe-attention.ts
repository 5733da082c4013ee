import { cliLimits } from './cli-limits.ts';
import { table } from './layout.ts';
import { PAYMENT_COLUMNS, paymentCells } from './payment-row.ts';

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
  running: Named[];
  alarms: Named[];
  parked: Named[];
}

/** How a row names each kind, and where there are more than are shown, the command that lists those of it. */
const KINDS = [
  ['unknown', 'in doubt', 'More in doubt: tp-manager payments list --outcome unknown'],
  ['running', 'not ended', 'More that have not ended: tp-manager payments list --outcome running'],
  ['alarms', 'alarm', 'More with an alarm: tp-manager status --json (attention.alarms)'],
  ['parked', 'parked', 'More parked: tp-manager status --json (attention.parked)'],
] as const;

/** The payments by name, each once, since it is by their ids that they are settled; `counts` are how many there are of each kind. */
export function describeAttention(attention: Attention, counts: Record<keyof Attention, number>): string[] {
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
  const rows = shown.map(({ payment, what }) => [...paymentCells(payment, payment.amount), what.join(', ')]);
  const isAllTold = (kind: keyof Attention, what: string) =>
    shown.filter(({ what: whats }) => whats.includes(what)).length >= counts[kind];
  return [
    table([...PAYMENT_COLUMNS, { head: 'what' }], rows),
    ...KINDS.flatMap(([kind, what, more]) => (isAllTold(kind, what) ? [] : [more])),
    'One of them: tp-manager payments show PAYMENT',
  ];
}
