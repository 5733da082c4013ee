import type { ScenarioName } from '@hipay-ecr/simulator/terminal/scenario.ts';
import { Dice } from './dice.ts';
import { makeOwed } from './make-owed.ts';
import { makeRare } from './make-rare.ts';
import { makeTrouble } from './make-trouble.ts';
import type { Plan, SalePlan, StationPlan } from './plan.ts';

const MOST_SALES = 6;
const MOST_TROUBLES = 7;
/** How many of the runs are about an answer that comes with the next payment. */
const OWED = 0.06;
/** Dice of their own, so that the plans of the other runs are what they were. */
const RARE_DICE = 0x5eed_0001;
/** Around `repeat_window` and the eight hours of an order's day. */
const AGAIN_MS = [1_000, 60_000, 600_000, 1_200_000, 3 * 3600_000, 9 * 3600_000];
/** Few, so that sales are mistaken for each other where that is possible at all. */
const AMOUNTS_MINOR = [1250, 1250, 990, 4200, 12_000];
const REUSED_ORDER_IDS = ['A-1', 'A-2'];

/** What customers and terminals do, the likelier the more often it stands here. */
const CUSTOMERS: ScenarioName[] = [
  ...Array<ScenarioName>(8).fill('approve'),
  ...(['contactless', 'contactless', 'refuse', 'refuse', 'abandon', 'slow', 'silent', 'late'] as const),
  ...([
    'lost-answer',
    'nak-once',
    'nak-thrice',
    'long',
    'other-amount',
    'unplug-before',
    'unplug-after',
    'busy',
  ] as const),
];
/** These damage transfers themselves: with faults of the wire on top that would be two faults in one transfer. */
const CUSTOMERS_ON_A_CLEAN_WIRE: ScenarioName[] = [...CUSTOMERS, 'bad-checksum', 'split', 'noise', 'seven-bits'];

/** A run, made from its seed. */
export function makePlan(seed: number): Plan {
  const dice = new Dice(seed);
  const wireIsClean = dice.chance(0.3);
  const stations = Array.from({ length: dice.chance(0.25) ? 2 : 1 }, () => makeStation(dice, wireIsClean));
  const sales = Array.from({ length: dice.between(1, MOST_SALES) }, (_, sale) => makeSale(dice, sale, stations.length));
  const lastAtMs = Math.max(...sales.map(({ atMs }) => atMs));
  const troubles = Array.from({ length: dice.between(0, MOST_TROUBLES) }, () =>
    makeTrouble(dice, { stations: stations.length, lastAtMs, wireIsClean }),
  );
  const plan = { seed, stations, sales, troubles };
  return dice.chance(OWED) ? makeOwed(dice, plan) : makeRare(new Dice(seed ^ RARE_DICE), plan);
}

function makeStation(dice: Dice, wireIsClean: boolean): StationPlan {
  const customers = wireIsClean ? CUSTOMERS_ON_A_CLEAN_WIRE : CUSTOMERS;
  return {
    privateField: dice.pick(['echo', 'echo', 'blank', 'opaque']),
    privateData: dice.chance(0.85) ? 'token' : 'blank',
    orderIdScope: dice.pick(['day', 'day', 'day', 'forever', 'none']),
    answerSessions: dice.between(1, 4),
    owed: dice.pick(['forgotten', 'forgotten', 'at_enquiry', 'after_enquiry', 'mid_payment']),
    repeated: dice.pick(['nak', 'ack']),
    customerMs: dice.pick([50, 1_000, 3_000, 5_000]),
    customers: Array.from({ length: MOST_SALES }, () => dice.pick(customers)),
  };
}

function makeSale(dice: Dice, sale: number, stations: number): SalePlan {
  const isReused = dice.chance(0.2);
  return {
    sale,
    station: dice.between(0, stations - 1),
    atMs: dice.chance(0.3) ? dice.between(1_000, 20_000) : dice.between(1_000, 400_000),
    amountMinor: dice.pick(AMOUNTS_MINOR),
    transactionType: dice.chance(0.9) ? 'Debit' : 'Credit',
    orderId: isReused ? dice.pick(REUSED_ORDER_IDS) : dice.chance(0.25) ? null : `S-${sale}`,
    keyed: dice.chance(0.15),
    patienceMs: dice.chance(0.4) ? dice.pick([200, 800, 2_500, 4_000, 20_000, 100_000]) + dice.between(0, 500) : null,
    reRings: dice.between(0, 3),
    pauseMs: dice.pick([10, 1_000, 3_000, 30_000]),
    afterFailure: dice.pick(['stop', 'again']),
    afterUnknown: dice.pick(['stop', 'again', 'renumber']),
    ...(dice.chance(0.25) && { hearsAfterMs: dice.pick([5, 300, 3_000, 20_000]) }),
    againMs: dice.chance(0.15) ? dice.pick(AGAIN_MS) : null,
  };
}
