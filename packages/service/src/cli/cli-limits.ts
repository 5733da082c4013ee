export const cliLimits = {
  /** A screen. */
  columns: 80,
  /** How long an answer may take; a person's word may make the terminal be asked. */
  answerMs: 60_000,
  /** How often it is looked whether a service has started or ended, and how much longer than a payment its end may take. */
  stopCheckMs: 200,
  stopGraceMs: 30_000,
  /** How long a command waits for who has the data folder and does not serve yet, or no longer. */
  betweenMs: 10_000,
  /** The most that payment_timeout may be, where it is not known. */
  longestPaymentMs: 900_000,
  /** Payments that status names. */
  attentionShown: 10,
  /** Read at once, online and offline. */
  page: 50,
  /** A support bundle: days of the log, its characters in all and in each other part, payments whose traces are in it. */
  bundleDays: 7,
  bundleLogBytes: 30_000_000,
  bundlePartBytes: 2_000_000,
  bundleTraces: 20,
} as const;
