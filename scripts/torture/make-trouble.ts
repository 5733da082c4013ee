import { ACK, ENQ, EOT, ETX, NAK, STX } from '@hipay-ecr/shared/concert/control.ts';
import type { Dice } from './dice.ts';
import type { CrashMoment, GatewayFault, StallPoint, Trouble, WireFault } from './plan.ts';
import { REFUSED } from './refused.ts';

interface Surroundings {
  stations: number;
  /** When the last sale begins. */
  lastAtMs: number;
  wireIsClean: boolean;
}

const CONTROLS = [0, STX, ETX, EOT, ENQ, ACK, NAK];
/** The others come of makeRare. */
type Kind = Exclude<Trouble['kind'], 'stuck_line' | 'slow_line' | 'unheard_ack'>;
const KINDS: Kind[] = [
  ...([
    'cut',
    'disk',
    'slow_disk',
    'slow_asking',
    'stalled_disk',
    'crash',
    'crash',
    'restart',
    'gateway',
    'gateway',
  ] as const),
];
const OF_THE_WIRE: Kind[] = ['wire', 'wire', 'wire', 'wire', 'noise'];
const RARE: Kind[] = ['wall_clock', 'sleep', 'operator', 'operator', 'resend'];

/** One thing that goes wrong. */
export function makeTrouble(dice: Dice, surroundings: Surroundings): Trouble {
  const { stations, lastAtMs, wireIsClean } = surroundings;
  const kind = dice.pick([...KINDS, ...RARE, ...(wireIsClean ? [] : OF_THE_WIRE)]);
  const station = dice.between(0, stations - 1);
  const atMs = dice.between(500, lastAtMs + 60_000);
  switch (kind) {
    case 'wire':
      if (dice.chance(0.15)) return { kind, station, transfer: dice.between(1, 16), ...REFUSED };
      return { kind, station, transfer: dice.between(1, 16), from: end(dice), index: place(dice), fault: fault(dice) };
    case 'noise':
      return { kind, station, atMs, to: end(dice), byte: byte(dice) };
    case 'cut':
      return { kind, station, atMs, outMs: dice.pick([100, 3_000, 30_000]) };
    case 'disk': {
      const faults = ['write_fails', 'sync_fails', 'sync_fails_and_keeps'] as const;
      return { kind, station, commit: commit(dice), times: dice.pick([1, 1, 2, 5, 20]), fault: dice.pick(faults) };
    }
    case 'slow_disk': {
      const most = dice.pick([50, 300, 1_500, 8_000]);
      const [beforeMs, afterMs] = [dice.between(0, most), dice.between(0, most)];
      return { kind, station, commit: commit(dice), beforeMs, afterMs };
    }
    case 'slow_asking':
      return { kind, station, nth: dice.between(1, 3), beforeMs: dice.pick([300, 1_100, 3_000]) };
    case 'stalled_disk': {
      const at = dice.pick(['question', 'asking', 'commit', 'told_late'] as const);
      return { kind, station, at, nth: nth(dice, at), forMs: dice.pick([20_000, 179_000, 240_000, 1_200_000]) };
    }
    case 'crash': {
      const unsynced = dice.pick(['lost', 'kept', 'torn'] as const);
      const downMs = dice.pick([100, 2_000, 20_000, 400_000]);
      return { kind, station, moment: moment(dice, atMs), unsynced, downMs, reboots: dice.chance(0.3) };
    }
    case 'restart':
      return { kind, station, atMs, downMs: dice.pick([100, 2_000, 20_000]) };
    case 'gateway':
      return { kind, atMs, forMs: dice.pick([20_000, 120_000, 600_000]), fault: gatewayFault(dice) };
    case 'wall_clock': {
      const byMs = dice.pick([61_000, 600_000, 3 * 3600_000, 9 * 3600_000, 26 * 3600_000]);
      return { kind, atMs, byMs: dice.chance(0.5) ? byMs : -byMs };
    }
    case 'sleep':
      return { kind, atMs, forMs: dice.pick([30_000, 200_000, 3 * 3600_000, 9 * 3600_000]) };
    case 'operator':
      return { kind, station, atMs: atMs + dice.between(0, 1_200_000), lies: dice.chance(0.1) };
    case 'resend':
      return { kind, station, atMs: atMs + dice.between(0, 1_200_000) };
  }
}

function end(dice: Dice): 'left' | 'right' {
  return dice.chance(0.5) ? 'left' : 'right';
}

/** A third of the faults hit the first bytes, which are controls. */
function place(dice: Dice): number {
  return dice.chance(0.35) ? dice.between(0, 2) : dice.between(0, 40);
}

function byte(dice: Dice): number {
  return dice.chance(0.6) ? dice.pick(CONTROLS) : dice.between(0, 0x7f);
}

function fault(dice: Dice): WireFault {
  const kind = dice.pick(['replaced', 'inserted', 'lost', 'doubled', 'pair_lost'] as const);
  return kind === 'replaced' || kind === 'inserted' ? { kind, byte: byte(dice) } : { kind };
}

function commit(dice: Dice): number {
  return dice.between(1, 14);
}

function nth(dice: Dice, at: StallPoint): number {
  return { question: dice.between(1, 6), asking: dice.between(1, 3), commit: commit(dice), told_late: commit(dice) }[
    at
  ];
}

function moment(dice: Dice, atMs: number): CrashMoment {
  const kind = dice.pick(['time', 'commit', 'line', 'line'] as const);
  if (kind === 'time') return { kind, atMs };
  if (kind === 'commit') {
    const points = ['before_write', 'before_sync', 'after_sync'] as const;
    return { kind, commit: commit(dice), point: dice.pick(points) };
  }
  const side = dice.pick(['wrote', 'heard'] as const);
  return { kind, transfer: dice.between(1, 12), side, byte: dice.between(1, dice.pick([3, 40])) };
}

/** What hides for longer than the look-ups wait, rule 12 cannot see: lag and delay stay under 120 s together. */
function gatewayFault(dice: Dice): GatewayFault {
  const kind = dice.pick([
    ...(['refuse_connection', 'delay', 'delay', 'timeout_after_booking', 'drop_after_booking'] as const),
    ...(['http_500_html', 'html_after_booking', 'http_status', 'code', 'state', 'lag', 'lag'] as const),
  ]);
  switch (kind) {
    case 'delay':
      return { kind, delayMs: dice.pick([500, 5_000, 12_000, 59_000, 61_000, 75_000]) };
    case 'http_status':
      return { kind, status: dice.pick([401, 403, 429, 500, 503]) };
    case 'code':
      return { kind, code: dice.pick(['1000001', '1000008', '1010101', '1020003', '3010001', '4000001']) };
    case 'state':
      return { kind, state: dice.pick(['pending', 'declined', 'error']) };
    case 'lag':
      return { kind, lagMs: dice.pick([5_000, 40_000]) };
    default:
      return { kind };
  }
}
