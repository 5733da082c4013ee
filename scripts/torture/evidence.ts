import type { BookedOrder } from '@hipay-ecr/simulator/gateway/order-book.ts';
import { healthOf } from '../../packages/service/src/health.ts';
import type { HealthReport } from '../../packages/service/src/http/health-report.ts';
import { journalOver } from '../../packages/service/src/journal/journal.ts';
import { factsOf } from '../../packages/service/src/journal/read-payment.ts';
import type { DayReport } from '../../packages/service/src/payments/day-report.ts';
import type { Fact, Orphan } from '../../packages/service/src/payments/fact.ts';
import { fold } from '../../packages/service/src/payments/fold.ts';
import { type LocalDay, localDay } from '../../packages/service/src/payments/local-day.ts';
import type { Payment } from '../../packages/service/src/payments/payment.ts';
import type { Journal } from '../../packages/service/src/payments/ports.ts';
import { readDay } from '../../packages/service/src/payments/read-day.ts';
import type { ChargeOf } from './charge-of.ts';
import type { History } from './history.ts';
import type { Plan, StationPlan } from './plan.ts';
import type { Station } from './station.ts';
import type { World } from './world.ts';

/** What one station has left behind, read from what is synced. */
export interface StationEvidence {
  station: number;
  plan: StationPlan;
  charges: ChargeOf[];
  payments: Map<string, Payment>;
  facts: Fact[];
  orphans: Orphan[];
  health: HealthReport | undefined;
  /** Sentences: what a reading of the whole journal finds damaged. */
  damage: string[];
  mostTimers: number;
  /** The reports of all days that the journal knows; none where they were not asked for. */
  days: DayReport[];
  log: string[];
}

/** All that the invariants are judged by. */
export interface Evidence {
  plan: Plan;
  history: History;
  stations: StationEvidence[];
  orders: readonly BookedOrder[];
}

export async function gatherEvidence(world: World): Promise<Evidence> {
  const { plan, history, gateway } = world;
  const stations = await Promise.all(world.stations.map((station) => ofStation(station, world)));
  return { plan, history, stations, orders: gateway.book.all() };
}

async function ofStation(station: Station, world: World): Promise<StationEvidence> {
  const { process, number, plan, log } = station;
  const health = process && (await healthReport(process, station, world));
  // What a crash would leave, not what the process believes to have written.
  station.disk.crash(undefined);
  station.checks.restarted();
  const { store } = station.disk;
  const journal = journalOver(store, world.clock);
  const facts = store.paymentIdsAfter('', 1_000).flatMap((paymentId) => factsOf(store, paymentId));
  const payments = new Map<string, Payment>();
  for (const [paymentId, ofPayment] of Map.groupBy(facts, (fact) => fact.paymentId)) {
    const payment = fold(ofPayment);
    if (payment !== undefined) payments.set(paymentId, payment);
  }
  return {
    ...{ station: number, plan, facts, payments, health, log },
    charges: world.chargesOf(number),
    orphans: await journal.orphans({ limit: 50 }),
    damage: await journal.verify(),
    mostTimers: process?.clock.mostTimers ?? 0,
    days: await reportsOf(journal, facts),
  };
}

async function healthReport(
  { engine, clock, startedMs }: NonNullable<Station['process']>,
  station: Station,
  world: World,
) {
  const { terminal, presence, settings } = engine;
  const journal = journalOver(station.disk.store, world.clock);
  return healthOf({
    terminal,
    journal,
    presence,
    clock,
    settings,
    startedMs,
    version: '1.0.0',
    housekeeping: { damage: [] },
    log: {},
  });
}

/** One report for each day from the first fact to the last. */
async function reportsOf(
  journal: Pick<Journal, 'list' | 'answeredLater' | 'orphans'>,
  facts: Fact[],
): Promise<DayReport[]> {
  const times = facts.map(({ atMs }) => atMs);
  const days: DayReport[] = [];
  for (let day = dayOf(Math.min(...times)); day.fromMs <= Math.max(...times); day = dayOf(day.toMs)) {
    days.push(await readDay(journal, day));
  }
  return days;
}

function dayOf(ms: number): LocalDay {
  const at = new Date(ms);
  const [month, date] = [at.getMonth() + 1, at.getDate()].map((part) => String(part).padStart(2, '0'));
  const day = localDay(`${at.getFullYear()}-${month}-${date}`);
  if (day === undefined) throw new Error(`there is no day of ${ms}`);
  return day;
}
