import { LINK_LIMITS } from '@hipay-ecr/shared/concert/link-limits.ts';
import type { ScenarioName } from '@hipay-ecr/simulator/terminal/scenario.ts';
import type { Dice } from './dice.ts';
import type { HeldLineTrouble } from './held-line.ts';
import type { Plan, StationPlan } from './plan.ts';
import { FIRST_MS, plainSale, preceded } from './preceded.ts';
import { REFUSED } from './refused.ts';
import { TIMES } from './station-config.ts';

/** What takes several things in their order, and so hardly ever comes of chance; each in about so many of the runs. */
const RARITIES: [share: number, make: (dice: Dice, plan: Plan) => Plan][] = [
  [0.06, lateFrame],
  [0.06, staleAnswer],
  [0.04, controlsAsChecksums],
  [0.03, refusedUnwritten],
];

const REQUEST_BYTES = 37;
/**
 * What arrives after its transfer was given up gets an ACK that looks like one of the next ENQ: the next request goes out while
 * the terminal is at this one, and only a token tells then whose answer it gives (docs/money.md, the faults of the model).
 */
const NAMED: Partial<StationPlan> = { privateField: 'echo', privateData: 'token' };

export function makeRare(dice: Dice, plan: Plan): Plan {
  let chance = dice.throw();
  for (const [share, make] of RARITIES) {
    if (chance < share) return make(dice, plan);
    chance -= share;
  }
  return plan;
}

/**
 * The disk stands still until shortly before the till must be answered, or shortly after; so the request goes out then, over a
 * line that is slow or stands still. The next sale finds the line like that.
 */
function lateFrame(dice: Dice, plan: Plan): Plan {
  const leftMs = dice.pick([-1_500, 50, 300, 1_000, 2_500, 5_000, 9_000]);
  const line: HeldLineTrouble = dice.chance(0.3)
    ? { kind: 'slow_line', station: 0, nth: 1, byteMs: dice.pick([60, 150, 400]) }
    : {
        ...{ kind: 'stuck_line', station: 0, nth: 1 },
        forMs: dice.pick([2_000, 4_500, 9_000, 30_000]),
        isTaken: dice.chance(0.5),
      };
  const nextMs = FIRST_MS + TIMES.paymentTimeoutMs + dice.between(500, 8_000);
  return preceded(plan, {
    station: isHeldFor(line) > LINK_LIMITS.acknowledgementMs ? NAMED : {},
    customers: [dice.pick(['approve', 'approve', 'approve', 'nak-once', 'nak-thrice', 'refuse'] as const)],
    sales: [plainSale(-4, FIRST_MS, 1_250), plainSale(-3, nextMs, 990)],
    troubles: [
      { kind: 'stalled_disk', station: 0, at: 'asking', nth: 1, forMs: TIMES.paymentTimeoutMs - leftMs },
      line,
    ],
    forMs: nextMs + TIMES.paymentTimeoutMs,
  });
}

/** From the first byte of the request on. */
function isHeldFor(line: HeldLineTrouble): number {
  return line.kind === 'slow_line' ? line.byteMs * REQUEST_BYTES : line.forMs;
}

/** Our ACK of an answer is lost, however often the terminal gives it; it brings it once more when the next sale is under way. */
function staleAnswer(dice: Dice, plan: Plan): Plan {
  const answerSessions = dice.between(1, 2);
  const first: ScenarioName[] = ['approve', 'approve', 'contactless', 'refuse', 'abandon', 'long', 'other-amount'];
  const nextMs = FIRST_MS + dice.pick([6_000, 12_000, 30_000, 17 * 60_000]) + dice.between(0, 4_000);
  return preceded(plan, {
    station: {
      answerSessions,
      owed: dice.pick(['at_enquiry', 'after_enquiry', 'mid_payment', 'mid_payment'] as const),
    },
    customers: [dice.pick(first), dice.pick(['approve', 'approve', 'refuse', 'slow'] as const)],
    sales: [plainSale(-4, FIRST_MS, 1_250), plainSale(-3, nextMs, dice.pick([1_250, 990, 990]))],
    troubles: [{ kind: 'unheard_ack', station: 0, nth: 1, times: answerSessions }],
    forMs: nextMs + TIMES.paymentTimeoutMs,
  });
}

/** Of the specimens C1 and C10 to C16 of the protocol: all but the first have a checksum that looks like a control. */
const SPECIMENS_MINOR = [1_000, 5, 4, 2, 3, 11, 48, 29];

/** Without a token the requests are those specimens to the byte. */
function controlsAsChecksums(dice: Dice, plan: Plan): Plan {
  const [first, ...others] = plan.stations as [Plan['stations'][number], ...Plan['stations']];
  const [sale, ...sales] = plan.sales as [Plan['sales'][number], ...Plan['sales']];
  return {
    ...plan,
    stations: [{ ...first, privateData: 'blank' }, ...others],
    sales: [
      { ...sale, station: 0, amountMinor: 1_000, transactionType: 'Debit' },
      ...sales.map((one) => ({ ...one, amountMinor: dice.pick(SPECIMENS_MINOR) })),
    ],
  };
}

/** A request seems to be refused, the disk does not take that, and the answer comes before it is written: the till heard 1107. */
function refusedUnwritten(dice: Dice, plan: Plan): Plan {
  const fault = dice.pick(['write_fails', 'sync_fails', 'sync_fails_and_keeps'] as const);
  return preceded(plan, {
    station: { repeated: 'nak', customerMs: dice.pick([300, 500, 800]) },
    customers: ['approve'],
    sales: [plainSale(-4, FIRST_MS, 1_250)],
    troubles: [
      { kind: 'wire', station: 0, transfer: 1, ...REFUSED },
      { kind: 'disk', station: 0, commit: 2, times: 1, fault },
    ],
    forMs: FIRST_MS + TIMES.paymentTimeoutMs,
  });
}
