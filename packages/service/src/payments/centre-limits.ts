/** Every time and count that the centre decides by and nobody configures. */
export const centreLimits = {
  /** With `order_id_scope: day`, an approved or unknown payment older than this counts no longer for its order (rule 1). */
  orderDayMs: 8 * 3600_000,
  /** A sale that looks like one in doubt is held back for so long after the first time (rule 2). */
  twinSaleHeldMs: 5_000,
  /** A result without order_id that reached nobody is kept for the same request for so long (rule 4). */
  untoldMs: 120_000,
  /** A payment in doubt is young for so long: its answer may still come (rules 10, 15, 16). */
  youngDoubtMs: 15 * 60_000,
  /** Wall clock and uptime may drift apart by this much before somebody has set the clock (rule 18). */
  clockToleranceMs: 60_000,
  /** A person's word may make the terminal be asked only once the line was silent for so long (rule 15). */
  quietBeforeAskingMs: 10_000,
  /** How often a person's word is weighed again where the payment changes meanwhile. */
  resolutionTries: 3,
  /** How many payments of one order are looked at; a till that repeats one order more often than this is a till in a loop. */
  paymentsPerOrder: 50,
  /** A till has its answer so long after the deadline, whatever happens (I9). */
  tillGraceMs: 3_000,
  /** A session of the terminal that is in progress at the deadline may finish (rule 16); the rest is the disk's, to take that nobody knows. */
  sessionGraceMs: 2_500,
  /** An answer, or a compensating fact, that could not be kept is tried again this often (rule 7). */
  keepAgainMs: 1_000,
  /**
   * The same bytes without a token are a repetition (their ACK was lost) for so long, and after that another transaction
   * that merely looks the same. How long real terminals repeat is not public; the three tries that were seen take seconds.
   */
  repeatedAnswerMs: 15 * 60_000,
  /** Look-ups after a registration of unknown fate, reckoned from its sending: HiPay shows an order only after a while (rule 12). */
  lookUpsAfterMs: [60_000, 120_000],
  /** Back-off of one payment's registration: doubling from `first`, at most `most`, plus up to a fifth of jitter. */
  retryFirstMs: 5_000,
  retryMostMs: 300_000,
  /** Where the account or its rights are at fault, trying often does not mend it (rule 13). */
  retryHourlyMs: 3600_000,
  /** Rests between two of the backlog, in which the line's thread and the disk are free (rule 17). */
  betweenRegistrationsMs: 20,
  /** And while HiPay is away: one of those that wait finds out whether it is back, and not a thousand. */
  betweenProbesMs: 5_000,
  /** Waiting registrations read from the journal at once, so that reading them holds nothing up (rule 17). */
  registrationsPerPage: 100,
  /** Parked registrations read at once for being sent again. */
  parkedPerPage: 50,
  /** After a start everything that waits is due, spread over this time (rule 18). */
  startJitterMs: 3_000,
  /** How long a stop waits for a registration that is under way; its fate is looked up after the next start. */
  stopGraceMs: 2_000,
  /**
   * How long a stop waits for a disk that neither takes nor refuses the end of a payment. The journal cannot close any sooner
   * over such a disk; within what systemd leaves a service by default (90 s).
   */
  stopRecordsMs: 60_000,
  /** Keys of other requests that are kept of a payment (rule 4). */
  keysOfPayment: 20,
  /** A trace whose payment was told to nobody is written after this. */
  traceAfterMs: 2_000,
  /** The terminal's EOT follows our ACK within some milliseconds; a trace is written without it after this. */
  traceEndMs: 300,
} as const;
