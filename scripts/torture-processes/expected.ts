/** In so many runs each of these happens, or a plan that was to bring it about no longer does. */
export const EXPECTED_RUNS = 200;

/** Where there is a C compiler. What HiPay does wrong is left to the other torture. */
export const EXPECTED: readonly string[] = [
  ...['kill', 'stop', 'cut', 'disk: write_fails', 'disk: sync_fails', 'disk: sync_fails_and_keeps', 'disk: slow_syncs'],
  ...['disk: stalls', 'disk: read_fails', 'disk operations that failed', 'disk reads that failed'],
  ...['disk stood still: read', 'disk stood still: write', 'disk stood still: sync', 'disk stood still: done'],
  ...['line: our ACK of an answer is lost'],
  ...['terminal: owes, at_enquiry', 'terminal: owes, after_enquiry', 'terminal: owes, mid_payment'],
];

/** What ought to have happened in so many runs and never did. */
export function missing(used: ReadonlyMap<string, number>, runs: number): string[] {
  return runs < EXPECTED_RUNS ? [] : EXPECTED.filter((what) => !used.has(what));
}
