import type { ScenarioName } from '@hipay-ecr/simulator/terminal/scenario.ts';
import type { CommitPoint, DiskFault, GatewayFault, StallPoint, WireFault } from './plan.ts';

/** In so many runs each of these happens, or a plan that was to bring it about no longer does. */
export const EXPECTED_RUNS = 1_000;

// Typed as tables of all there is, so that a kind that is new must be named here, too.
const GATEWAY: Record<GatewayFault['kind'], true> = {
  ...{ refuse_connection: true, delay: true, timeout_after_booking: true, drop_after_booking: true },
  ...{ http_500_html: true, html_after_booking: true, http_status: true, code: true, state: true, lag: true },
};
const WIRE: Record<WireFault['kind'], true> = {
  ...{ replaced: true, inserted: true, lost: true, doubled: true, pair_lost: true },
};
const DISK: Record<DiskFault, true> = { write_fails: true, sync_fails: true, sync_fails_and_keeps: true };
const COMMIT: Record<CommitPoint, true> = { before_write: true, before_sync: true, after_sync: true };
const STALLS: Record<StallPoint, true> = { question: true, asking: true, commit: true, told_late: true };
const CUSTOMERS: Record<ScenarioName, true> = {
  ...{ approve: true, contactless: true, refuse: true, abandon: true, slow: true, silent: true, late: true },
  ...{ 'lost-answer': true, 'nak-once': true, 'nak-thrice': true, 'bad-checksum': true, split: true, noise: true },
  ...{ long: true, 'other-amount': true, 'seven-bits': true, 'unplug-before': true, 'unplug-after': true, busy: true },
};

const named = (prefix: string, table: object) => Object.keys(table).map((kind) => `${prefix}: ${kind}`);

/** What World counts as it happens; what coverageOf counts afterwards names itself. */
export const EXPECTED: readonly string[] = [
  ...named('gateway', GATEWAY),
  ...named('wire', WIRE),
  ...named('disk', DISK),
  ...named('disk stalls', STALLS),
  ...named('crash at commit', COMMIT),
  ...named('customer', CUSTOMERS),
  ...['wire: noise', 'cut', 'crash at a time', 'crash at a byte', 'crash with the machine', 'restart'],
  ...['line: stuck, noticed', 'line: stuck, unnoticed', 'line: slow', 'line: our ACK of an answer is lost'],
  ...['disk: slow_disk', 'disk: slow_asking', 'disk: unsynced lost', 'disk: unsynced kept', 'disk: unsynced torn'],
  ...['wall clock on', 'wall clock back', 'sleep'],
  ...['operator: settled', 'operator: settled (a lie)', 'operator: declined (a lie)', 'operator: resent with all'],
  'operator, of an orphan: acknowledged',
  ...['terminal: three ENQ and then silence', 'terminal: busy with a payment'],
  ...['terminal: owes, at_enquiry', 'terminal: owes, after_enquiry', 'terminal: owes, mid_payment'],
];

/** What ought to have happened and never did. */
export function missing(counts: Record<string, number>): string[] {
  return [...new Set([...EXPECTED, ...Object.keys(counts)])].filter((what) => (counts[what] ?? 0) === 0);
}
