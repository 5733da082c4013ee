/** Every time and count by which the terminal's line is kept, and that nobody configures. */
export const terminalLimits = {
  /** Pauses before the port is looked for again; the last one goes on for ever. */
  reopenAfterMs: [500, 1_000, 2_000, 5_000, 10_000],
  /** A payment waits no longer than this for an absent line to be opened; an opening may hang, and the till need not. */
  openForRequestMs: 3_000,
  /** A line that stayed open for so long was good: when it is lost, the pauses begin anew with the shortest. */
  openLongEnoughMs: 10_000,
  /** A terminal behind a device server that has not accepted the connection after this long is absent. */
  connectMs: 5_000,
  /** A silent TCP connection is asked by the system itself whether it is still there. */
  tcpKeepAliveMs: 10_000,
  /** How often an idle terminal is asked whether it is there, where nothing else is set. */
  keepAliveMs: 120_000,
  /** The line must have been silent for this long before an idle terminal is asked whether it is there (rule 10). */
  quietBeforeProbeMs: 10_000,
  /** How often it is looked whether a keep-alive is due; finer than its period, so that a busy moment only delays it. */
  probeCheckMs: 5_000,
  /** A terminal that never answers no longer shows as asked after this long, where the owner sets no other time. */
  answerTimeoutMs: 180_000,
  /** An answer that came damaged each time, and then silence for so long: the till need not wait for it (rule 8). */
  silenceAfterDamageMs: 15_000,
  /** Events of the line kept between two takings; the oldest go first. */
  traceEvents: 500,
} as const;
