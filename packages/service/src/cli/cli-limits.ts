export const cliLimits = {
  /** A screen. */
  columns: 80,
  /** How long an answer may take; a person's word may make the terminal be asked. */
  answerMs: 60_000,
  /** How often it is looked whether a stopping service has ended, and how much longer than a payment that may take. */
  stopCheckMs: 200,
  stopGraceMs: 30_000,
  /** Read at once, online and offline. */
  page: 50,
} as const;
