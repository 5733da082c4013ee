/** How long things take on a simulated terminal. */
export interface TerminalDelays {
  /** Request taken to payment decided. */
  paymentMs: number;
  slowPaymentMs: number;
  /** Longer than a register waits (payment_timeout, 180 s). */
  latePaymentMs: number;
  /** How long ENQ goes unheard after the scenario `busy`. */
  busyMs: number;
  /** How long a pulled cable stays out. */
  unpluggedMs: number;
  /** Before an answer whose session failed is tried again. */
  retryMs: number;
  /** The same with no cable in: as long as an ENQ without ACK takes. */
  retryUnpluggedMs: number;
}

export const usualDelays: TerminalDelays = {
  paymentMs: 3_000,
  slowPaymentMs: 30_000,
  latePaymentMs: 190_000,
  busyMs: 30_000,
  unpluggedMs: 10_000,
  retryMs: 1_000,
  retryUnpluggedMs: 4_000,
};

/** Delays of which only some are given; one that is undefined counts as not given. */
export type SomeDelays = { [name in keyof TerminalDelays]?: number | undefined };

export function withUsualDelays(given: SomeDelays = {}): TerminalDelays {
  const said = Object.entries(given).filter(([, delayMs]) => delayMs !== undefined);
  return { ...usualDelays, ...Object.fromEntries(said) };
}
