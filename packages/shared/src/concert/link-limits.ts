/**
 * Every timer and count of the link. "rule n" are the rules of docs/money.md; what no public text fixes was chosen from
 * what the existing drivers do.
 */
export const LINK_LIMITS = {
  /** After opening a line, or after a transfer that failed, before our next ENQ (pyTeliumManager, flag raspberry_pi). */
  drainMs: 300,
  /** ENQ to ACK (OCA telium driver). */
  enquiryMs: 3_000,
  /** ENQ in all, then the other side counts as silent or busy (OCA telium driver). */
  enquiries: 3,
  /** Between two of our ENQ, and after a session of the other side that we gave way to (OCA telium driver). */
  pauseMs: 1_000,
  /** ENQ's ACK to our STX; later than this a new proof of idleness is needed (rule 8). */
  holdMs: 1_000,
  /** Our frame to its ACK or NAK (3 s in the OCA driver, 5 s in the Nmind library). */
  acknowledgementMs: 5_000,
  /** Transmissions of one frame, ours or theirs, while it is answered with NAK (rule 8). */
  transmissions: 3,
  /** Our ACK to their STX; then one NAK, and as long again. */
  startMs: 3_000,
  /** Between two bytes of a frame: "up to 3 seconds to get the LRC" (OCA telium driver, from the Telium specification). */
  byteMs: 3_000,
  /** The silence that ends damaged bytes, proves a long frame whole, and makes an ENQ inside a frame a new session (rule 6). */
  silenceMs: 200,
  /** Our ACK to their EOT; without EOT as long a silence precedes our next ENQ (rule 5; OCA telium driver). */
  endMs: 3_000,
  /** Times that we give way to the other side's ENQ before one message (rule 8). */
  yields: 5,
  /** The same frame of an unknown shape, this often in a row, is a dialect (rule 6). */
  dialectTimes: 3,
  /** Data bytes of a frame. PayXpert says 512; Nepting appends a receipt text. */
  dataBytes: 2_048,
} as const;
