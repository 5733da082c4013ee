import type { HealthReport } from '../../packages/service/src/http/health-report.ts';
import type { Fact } from '../../packages/service/src/payments/fact.ts';
import { fold } from '../../packages/service/src/payments/fold.ts';
import type { Payment } from '../../packages/service/src/payments/payment.ts';
import type { Evidence } from '../torture/evidence.ts';
import type { Event, Happened } from '../torture/history.ts';
import type { House } from './house.ts';
import type { JournalOnDisk } from './journal-on-disk.ts';
import type { Taken } from './line-watch.ts';
import { uptimeAtMs } from './scaled-time.ts';
import type { Told } from './till-watch.ts';

/** What is seen from outside of the process, as the invariants of the other torture want it. */
export function evidenceOf(house: House, journal: JournalOnDisk, health: HealthReport | undefined): Evidence {
  const { plan, history, gateway, terminal, tills, line, service } = house;
  const { facts, orphans, damage } = journal;
  const payments = paymentsOf(facts);
  const paymentIds = new Map(line.taken.map((one) => [one.frameNumber, paymentIdOf(one, facts)]));
  history.events.push(
    ...tills.told.flatMap((one) => toldEvent(one, payments)),
    ...line.taken.map(({ atMs, frameNumber }) =>
      happened(atMs, { kind: 'frame_taken', frameNumber, paymentId: paymentIds.get(frameNumber) }),
    ),
    ...committedEvents(journal),
  );
  history.events.sort((one, other) => one.atMs - other.atMs);
  return {
    plan: { seed: plan.seed, stations: [plan.station], sales: plan.sales, troubles: [] },
    history,
    orders: gateway.orders(),
    stations: [
      {
        ...{ station: 0, plan: plan.station, payments, facts, orphans, health, damage, mostTimers: 0, days: [] },
        charges: terminal.ledger.charges.map((charge) => ({ charge, paymentId: paymentIds.get(charge.frameNumber) })),
        log: service.output.split('\n'),
      },
    ],
  };
}

function paymentsOf(facts: Fact[]): Map<string, Payment> {
  const payments = new Map<string, Payment>();
  for (const [paymentId, ofPayment] of Map.groupBy(facts, (fact) => fact.paymentId)) {
    const payment = fold(ofPayment);
    if (payment !== undefined) payments.set(paymentId, payment);
  }
  return payments;
}

/** Whose frame the terminal took: by its token, or, where it bore none, that of the payment asked for last. */
function paymentIdOf({ token, atMs }: Taken, facts: Fact[]): string | undefined {
  const asked = facts.filter((fact) => fact.kind === 'asked');
  if (token.trim() !== '') return asked.find((fact) => fact.token === token)?.paymentId;
  const before = asked.filter((fact) => fact.atMs <= atMs).toSorted((one, other) => one.atMs - other.atMs);
  return before.at(-1)?.paymentId;
}

function toldEvent({ atMs, ring, body, waitedMs }: Told, payments: Map<string, Payment>): Happened[] {
  const { paymentId, outcome, errorCode } = body;
  const known = payments.get(paymentId);
  if (known === undefined) return [];
  const payment: Payment = { ...known, state: outcome, ...(errorCode !== undefined && { code: errorCode }) };
  return [happened(atMs, { kind: 'told', ring, payment, body, reached: true, waitedMs })];
}

/** The journal's times are whole milliseconds. */
function committedEvents({ facts, orphans }: JournalOnDisk): Happened[] {
  const ofFacts = facts.map((fact) => {
    const bytesMasked = fact.kind === 'answered' ? fact.bytesMasked : undefined;
    const { paymentId, kind } = fact;
    return happened(fact.atMs + 1, { kind: 'committed', paymentId, facts: [kind], bytesMasked });
  });
  const ofOrphans = orphans.map(({ atMs, bytesMasked }) =>
    happened(atMs + 1, { kind: 'committed', paymentId: undefined, facts: ['orphan'], bytesMasked }),
  );
  return [...ofFacts, ...ofOrphans];
}

function happened(atMs: number, event: Event): Happened {
  return { ...event, atMs, trueMs: uptimeAtMs(atMs), station: 0 };
}
