import { type Evidence, gatherEvidence } from './evidence.ts';
import { violationsOf } from './invariants.ts';
import type { Plan } from './plan.ts';
import type { Violation } from './violation.ts';
import { World, type WorldOptions } from './world.ts';

/** How long a run may take to come to rest, in its own time. */
const RUN_LIMITS = {
  sellingMs: 24 * 3600_000,
  /** A terminal that is busy for half a minute, a cable that is looked for every ten seconds. */
  afterFaultsMs: 45_000,
  freshMs: 15_000,
  outboxMs: 4 * 3600_000,
} as const;

const FRESH_AMOUNT_MINOR = 7_770;

export interface RunResult {
  violations: Violation[];
  evidence: Evidence;
  used: Map<string, number>;
}

/** Runs a plan to its end: the sales among the faults, then rest, a fresh payment, an empty outbox, and the verdict. */
export async function runPlan(plan: Plan, options: WorldOptions = {}): Promise<RunResult> {
  const world = new World(plan, options);
  const { history, clock } = world;
  const noticeBug = (cause: unknown) => {
    const words = cause instanceof Error ? (cause.stack ?? cause.message) : String(cause);
    if (!words.includes('the process has died')) history.breach(0, 'bug', `nobody caught: ${words}`);
  };
  process.on('unhandledRejection', noticeBug);
  try {
    await world.begin();
    const lastMs = lastPlannedMs(plan);
    const sold = await world.pass(RUN_LIMITS.sellingMs, () => clock.monotonicMs() >= lastMs && world.isQuiet);
    if (!sold) history.breach(0, 'I13', 'the sales never end');
    world.heal();
    await world.pass(RUN_LIMITS.afterFaultsMs);
    if (!(await world.pass(RUN_LIMITS.sellingMs, () => world.isQuiet)))
      history.breach(0, 'I13', 'it never comes to rest');
    history.add(0, { kind: 'rest' });
    await sellFresh(world);
    await world.pass(RUN_LIMITS.outboxMs, () =>
      world.stations.every(({ disk }) => disk.store.counts().awaitingRegistration === 0),
    );
    await world.pass(60_000, () => world.isQuiet);
    const evidence = await gatherEvidence(world);
    return { violations: violationsOf(evidence), evidence, used: world.used };
  } finally {
    for (const station of world.stations) station.process?.clock.stop();
    process.off('unhandledRejection', noticeBug);
  }
}

/** One payment more on each station, of an amount that nothing else has (I13). */
async function sellFresh(world: World): Promise<void> {
  for (const { number } of world.stations) {
    const sale = freshSale(number);
    void world.sell({ ...freshSale(number) });
    await world.pass(RUN_LIMITS.freshMs, () => world.isQuiet);
    const told = world.history.of('told').find(({ ring }) => ring.sale === sale.sale);
    if (told?.body.paymentStatus === 'SUCCESS') continue;
    const instead =
      told?.body.outcome ?? world.history.of('declined').find(({ ring }) => ring.sale === sale.sale)?.code;
    world.history.breach(number, 'I13', `a fresh payment is not approved within 15 s but ${instead ?? 'unanswered'}`);
  }
}

function freshSale(station: number): Plan['sales'][number] {
  return {
    ...{ sale: 100 + station, station, atMs: 0, amountMinor: FRESH_AMOUNT_MINOR + station, transactionType: 'Debit' },
    ...{ orderId: `FRESH-${station}`, keyed: false, patienceMs: null, reRings: 0, pauseMs: 0 },
    ...{ afterFailure: 'stop', afterUnknown: 'stop', againMs: null },
  };
}

function lastPlannedMs({ sales, troubles }: Plan): number {
  const times = troubles.flatMap((trouble) => {
    if ('atMs' in trouble) return [trouble.atMs];
    return trouble.kind === 'crash' && trouble.moment.kind === 'time' ? [trouble.moment.atMs] : [];
  });
  return Math.max(0, ...times, ...sales.map(({ atMs }) => atMs));
}
