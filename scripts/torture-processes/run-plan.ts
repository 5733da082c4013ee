import { pause } from '@hipay-ecr/shared/clock.ts';
import type { Evidence } from '../torture/evidence.ts';
import type { Happened } from '../torture/history.ts';
import { violationsOf } from '../torture/invariants.ts';
import type { SalePlan } from '../torture/plan.ts';
import type { Violation } from '../torture/violation.ts';
import { PAYMENT_TIMEOUT_MS } from './config-file.ts';
import { evidenceOf } from './evidence-from-outside.ts';
import { House, type HouseSettings } from './house.ts';
import type { JournalOnDisk } from './journal-on-disk.ts';
import { TillAtSale } from './till.ts';

/** In the run's own time. */
const LIMITS = {
  restMs: 120_000,
  freshMs: 15_000,
  outboxMs: 4 * 3600_000,
  graceMs: 3_000,
  pollMs: 200,
} as const;
/** What a busy machine may take longer than the product does, real time. */
const SLACK_REAL_MS = 1_500;
/** Only the outbox is left to wait for. */
const HURRY = 120;
const FRESH_AMOUNT_MINOR = 7_770;

export interface RunResult {
  violations: Violation[];
  events: readonly Happened[];
  used: Map<string, number>;
  charges: number;
  output: string;
}

/** A plan, from start to verdict: sales among strikes, then rest, a fresh payment, an empty outbox. */
export async function runPlan(settings: HouseSettings): Promise<RunResult> {
  const house = new House(settings);
  let closed: JournalOnDisk | undefined;
  let health: Awaited<ReturnType<House['health']>>;
  try {
    await house.open();
    await Promise.all(house.plan.sales.map((sale) => sell(sale, house)));
    await house.heal();
    if (await before(LIMITS.restMs, house, () => isQuiet(house))) await afterRest(house, settings.speed);
    // A fresh payment and an outbox that gets empty are not waited for then: it takes minutes, and tells nothing more.
    else house.history.breach(0, 'I13', 'it never comes to rest');
    health = await house.health();
  } finally {
    closed = await house.close();
  }
  const evidence = evidenceOf(house, closed ?? { facts: [], orphans: [], damage: [] }, health);
  return {
    violations: [...violationsOf(evidence), ...lateViolations(house, settings.speed), ...falseDamage(evidence)],
    events: evidence.history.events,
    used: house.used,
    charges: house.terminal.ledger.approved.length,
    output: house.service.output,
  };
}

async function afterRest(house: House, speed: number): Promise<void> {
  await sellFresh(house, speed);
  house.hurry(HURRY);
  const isEmpty = async () => (await house.health())?.outbox.waiting === 0;
  if (!(await before(LIMITS.outboxMs, house, isEmpty))) house.history.breach(0, 'I5', 'the outbox never gets empty');
}

async function sell(sale: SalePlan, house: House) {
  await pause(house.time, sale.atMs);
  const { localPort, time } = house;
  const till = new TillAtSale(sale, {
    ...{ localPort, clock: time },
    asked: (ring) => house.tills.asked(ring),
    heard: (ring, heard, waitedMs) => house.tills.heard(ring, heard, waitedMs),
  });
  return till.sell();
}

async function isQuiet(house: House): Promise<boolean> {
  if (house.terminal.inTransaction) return false;
  const health = await house.health();
  if (health === undefined || health.terminal.state === 'absent' || health.terminal.state === 'opening') return false;
  const open = await Promise.all(
    ['opening', 'running'].map((outcome) => house.get<{ items: unknown[] }>(`/payments?outcome=${outcome}`)),
  );
  return open.every((page) => page?.items.length === 0);
}

async function before(limitMs: number, house: House, isSo: () => Promise<boolean>): Promise<boolean> {
  const untilMs = house.time.nowMs() + limitMs;
  while (!(await isSo())) {
    if (house.time.nowMs() > untilMs) return false;
    await pause(house.time, LIMITS.pollMs);
  }
  return true;
}

/** I13. */
async function sellFresh(house: House, speed: number): Promise<void> {
  const beganMs = house.time.nowMs();
  const heard = await sell(
    {
      ...{
        sale: 100,
        station: 0,
        atMs: 0,
        amountMinor: FRESH_AMOUNT_MINOR,
        transactionType: 'Debit',
        orderId: 'FRESH',
      },
      ...{ keyed: false, patienceMs: null, reRings: 0, pauseMs: 0, afterFailure: 'stop', afterUnknown: 'stop' },
      againMs: null,
    },
    house,
  );
  const tookMs = house.time.nowMs() - beganMs;
  const isApproved = heard.kind === 'answer' && heard.body.outcome === 'approved';
  if (isApproved && tookMs <= LIMITS.freshMs + SLACK_REAL_MS * speed) return;
  const words = heard.kind === 'answer' ? JSON.stringify(heard.body) : heard.kind;
  house.history.breach(0, 'I13', `after ${Math.round(tookMs)} ms a fresh payment is answered ${words}`);
}

/** I15: what health calls damaged is so. A passing error of the disk is no damage (rule 19). */
function falseDamage({ stations }: Evidence): Violation[] {
  return stations.flatMap(({ damage, health }): Violation[] => {
    const said = health?.problems.find((problem) => problem.includes('damaged'));
    return said === undefined || damage.length > 0
      ? []
      : [{ invariant: 'I15', what: `health says without reason: ${said}` }];
  });
}

/** I9: the invariants shared with the other torture know a longer `payment_timeout`. */
function lateViolations({ tills, history }: House, speed: number): Violation[] {
  const mostMs = PAYMENT_TIMEOUT_MS + LIMITS.graceMs + SLACK_REAL_MS * speed;
  return [...tills.told, ...history.of('declined')]
    .filter(({ waitedMs }) => waitedMs > mostMs)
    .map(({ ring, waitedMs }) => ({
      invariant: 'I9',
      what: `sale ${ring.sale}, ring ${ring.n}: ${Math.round(waitedMs)} ms`,
    }));
}
