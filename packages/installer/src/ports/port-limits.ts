export const portLimits = {
  /** A terminal behind a device server that has not accepted the connection after this long is absent. */
  connectMs: 5_000,
  /** Times that a silent terminal is asked: the first ENQ may fall into its waking up. */
  probes: 2,
  /** How often it is looked whether something new was plugged in. */
  lookEveryMs: 300,
} as const;
