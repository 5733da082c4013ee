import type { Fault } from '@hipay-ecr/simulator/gateway/gateway-faults.ts';
import type { ScenarioName } from '@hipay-ecr/simulator/terminal/scenario.ts';
import { Dice } from '../torture/dice.ts';
import type { SalePlan, StationPlan } from '../torture/plan.ts';
import type { DiskFault } from './disk.ts';
import { makeStale } from './make-stale.ts';
import { moreStrikes } from './more-strikes.ts';
import { type Act, MOMENTS, type ProcessPlan, type Strike } from './plan.ts';

const MOST_SALES = 3;
const MOST_STRIKES = 3;
/** Dice of their own, so that the rest of each plan is what it was. */
const LATE_DICE = 0x5eed_0002;
/** How many of the runs are about an answer that the terminal gives once more at the next sale. */
const STALE = 0.15;
const AMOUNTS_MINOR = [1250, 1250, 990, 12_000];
/** Those that are over in a few seconds. */
const CUSTOMERS: ScenarioName[] = [
  ...Array<ScenarioName>(8).fill('approve'),
  ...(['contactless', 'refuse', 'abandon', 'silent', 'lost-answer', 'nak-once', 'nak-thrice'] as const),
  ...(['bad-checksum', 'split', 'noise', 'long', 'other-amount', 'unplug-before', 'unplug-after'] as const),
];

/** A run, made from its seed. What the operating system makes of it differs a little each time. */
export function makePlan(seed: number): ProcessPlan {
  const dice = new Dice(seed);
  const station = makeStation(dice);
  const sales = Array.from({ length: dice.between(1, MOST_SALES) }, (_, sale) => makeSale(dice, sale, station));
  const strikes = Array.from({ length: dice.between(0, MOST_STRIKES) }, () => makeStrike(dice));
  const late = new Dice(seed ^ LATE_DICE);
  const plan = { seed, station, sales, strikes: [...strikes, ...moreStrikes(late)] };
  return late.chance(STALE) ? makeStale(late, plan) : plan;
}

function makeStation(dice: Dice): StationPlan {
  return {
    privateField: dice.pick(['echo', 'echo', 'blank', 'opaque']),
    privateData: dice.chance(0.85) ? 'token' : 'blank',
    orderIdScope: dice.pick(['day', 'day', 'day', 'forever', 'none']),
    answerSessions: dice.between(2, 4),
    owed: dice.pick(['forgotten', 'at_enquiry', 'after_enquiry', 'mid_payment']),
    repeated: dice.pick(['nak', 'ack']),
    customerMs: dice.pick([0, 500, 2_000]),
    customers: Array.from({ length: MOST_SALES }, () => dice.pick(CUSTOMERS)),
  };
}

function makeSale(dice: Dice, sale: number, { orderIdScope }: StationPlan): SalePlan {
  const orderId = dice.chance(0.2) ? null : `S-${sale}`;
  const hangsUp = dice.chance(0.25) && orderId !== null && orderIdScope !== 'none';
  return {
    ...{ sale, station: 0, orderId },
    atMs: dice.between(0, 3_000) + 4_000 * sale * dice.between(0, 1),
    amountMinor: dice.pick(AMOUNTS_MINOR),
    transactionType: dice.chance(0.9) ? 'Debit' : 'Credit',
    keyed: dice.chance(0.15),
    // What reached a till that hangs up at that very moment, nobody can tell; with an order_id that counts it makes no difference.
    patienceMs: hangsUp ? dice.between(500, 8_000) : null,
    reRings: dice.between(1, 4),
    pauseMs: dice.pick([100, 1_000, 3_000]),
    afterFailure: dice.pick(['stop', 'again']),
    afterUnknown: dice.pick(['stop', 'again']),
    againMs: null,
  };
}

function makeStrike(dice: Dice): Strike {
  const act = makeAct(dice);
  const isAtBooking = act.kind === 'gateway' || act.kind === 'disk';
  const moment = isAtBooking ? dice.pick(['asked', 'frame', 'frame_acked'] as const) : dice.pick(MOMENTS);
  return { moment, nth: dice.between(1, 2), lateMs: dice.chance(0.5) ? 0 : dice.between(1, 25), act };
}

function makeAct(dice: Dice): Act {
  const kind = dice.pick(['kill', 'kill', 'kill', 'stop', 'cut', 'disk', 'disk', 'gateway', 'gateway'] as const);
  switch (kind) {
    case 'kill':
      return {
        kind,
        unsynced: dice.pick(['lost', 'lost', 'torn', 'kept'] as const),
        downMs: dice.pick([0, 1_000, 5_000]),
      };
    case 'stop':
      return { kind, downMs: dice.pick([0, 3_000]) };
    case 'cut':
      return { kind, outMs: dice.pick([100, 3_000, 12_000]) };
    case 'disk':
      return { kind, fault: makeDiskFault(dice), forMs: dice.pick([1_000, 5_000, 20_000]) };
    case 'gateway':
      return { kind, fault: makeGatewayFault(dice) };
  }
}

function makeDiskFault(dice: Dice): DiskFault {
  const kind = dice.pick(['write_fails', 'sync_fails', 'sync_fails_and_keeps', 'slow_syncs'] as const);
  if (kind === 'slow_syncs') return { kind, ms: dice.pick([5, 30, 150]) };
  const errno = dice.pick(['EIO', 'ENOSPC'] as const);
  return { kind, errno, skip: dice.between(0, kind === 'write_fails' ? 30 : 3), times: dice.pick([1, 1, 2, 5, 1_000]) };
}

function makeGatewayFault(dice: Dice): Fault {
  const times = dice.between(1, 3);
  const kind = dice.pick([
    ...(['refuse_connection', 'delay', 'timeout_after_booking', 'drop_after_booking'] as const),
    ...(['http_500_html', 'http_status', 'code', 'state', 'lag'] as const),
  ]);
  switch (kind) {
    case 'delay':
      return { kind, times, delayMs: dice.pick([500, 5_000, 12_000, 75_000]) };
    case 'http_status':
      return { kind, times, status: dice.pick([429, 500, 503]) };
    case 'code':
      return { kind, times, code: dice.pick(['3010001', '4000001']) };
    case 'state':
      return { kind, times, state: dice.pick(['pending', 'declined', 'error'] as const) };
    case 'lag':
      return { kind, times, lagMs: dice.pick([5_000, 40_000]) };
    default:
      return { kind, times };
  }
}
