export const configLimits = {
  /** A configuration has some 40 keys; anything larger is another file. */
  bytes: 64 * 1024,
  /** So many mistakes are told at once, and no more. */
  problems: 100,
} as const;
