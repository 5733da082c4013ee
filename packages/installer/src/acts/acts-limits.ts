/** Every time and size of what the setup does. */
export const actsLimits = {
  /** From the start of the service until it serves tills: recovery may have to read a long journal. */
  startMs: 30_000,
  /** A payment under way is waited for: 180 s by default, 600 s at most, and a reserve. */
  stopMs: 630_000,
  /** A service without a payment has ended by then; a longer wait is worth a word. */
  promptStopMs: 2_000,
  lookAgainMs: 100,
  localAnswerMs: 5_000,
  localAnswerBytes: 1024 * 1024,
  /** A service that hangs would otherwise hold up the first question. */
  glanceMs: 1_000,
  commandMs: 30_000,
  /** HiPay is asked beside everything else; a till without internet does not wait for it. */
  newestVersionMs: 5_000,
  /** What is looked at of what HiPay delivers. */
  deliveryBytes: 64 * 1024,
  manifestBytes: 16 * 1024,
  /** The service's own words, where it does not start. */
  lastLines: 20,
  lastLinesBytes: 64 * 1024,
} as const;
