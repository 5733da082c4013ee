/** Every size and count that the journal decides by and nobody configures. */
export const journalLimits = {
  /** Folded payments held in memory by each thread; the running one and the registrations under way are among them. */
  foldsHeld: 64,
  /** The newest payments are known from their facts as well, so many; at a start those among so many facts: a till's day, and more. */
  recentPayments: 2_000,
  recalledFacts: 5_000,
  /** A payment is decided within this, but for the rare answer that comes later; `payment_timeout` is far less. */
  decidedWithinMs: 3600_000,
  /** One page of a list; what is longer is paged, so that no single reply keeps the line's thread busy (rule 17). */
  listMost: 50,
  /** Registrations that wait are verified at start up to this many, as recovery reads no more of them at once. */
  verifiedAtStart: 5_000,
  /** A file below this is checked by SQLite in some hundredths of a second: no thread of its own (12 MB) is worth it. */
  verifiedAsideBytes: 16 * 1024 * 1024,
  /** Payments verified in one step in the background: some 2 ms, then other questions get their turn (rule 17). */
  verifiedAtOnce: 20,
  /** Parts of the journal in a row in which nothing is found, before its end is believed: damage can take thousands of facts. */
  barrenParts: 200,
  /** Facts looked through at once for the answers among them: far less than 5 ms, and some forty payments at most. */
  factsAtOnce: 250,
  /** Facts copied in one commit where a journal is made anew. */
  copiedAtOnce: 5_000,
  /** Sentences about damage that a verification gives; the rest is only more of the same. */
  damagesNamed: 100,
  /** Read from the disk at once where a file is read through. */
  readAtOnceBytes: 1024 * 1024,
  /** Damaged payments that one round of forgetting passes over; the next one goes on behind them. */
  passedOverAtOnce: 100,
  /** Whoever only looks at the journal waits so often, and so long each time, for a service that just begins or ends. */
  visitTries: 25,
  visitPauseMs: 10,
  /** And so long for one that is busy with its log. */
  visitPatienceMs: 2_000,
  /** A second service is told so after this; whoever only looks at the lock of the data folder is gone by then. */
  lockPatienceMs: 300,
  /** Released at the first "disk full", so that the answers of payments under way can still be written (rule 7). */
  ballastBytes: 4 * 1024 * 1024,
  /** The write-ahead log is checkpointed at this many pages of 4 KiB (16 MiB) even where nobody ever says "idle". */
  walMostPages: 4_096,
} as const;
