/** Every size, count and time of the local interface that nobody configures. */
export const httpLimits = {
  bodyBytes: 1024 * 1024,
  /** A cart or customer deeper or larger than this does not refuse the payment: it is left out. */
  extrasDepth: 16,
  cartBytes: 256 * 1024,
  customerBytes: 16 * 1024,
  customerFieldCharacters: 255,
  customDataBytes: 64 * 1024,
  orderIdCharacters: 255,
  idempotencyKeyCharacters: 255,
  /** Of what was found, so much is shown in a message. */
  shownCharacters: 40,
  /** And so much is looked at for a card number. */
  readCharacters: 400,
  /** Problems, or warnings, named for one request; the rest is counted. */
  sentences: 20,
  /** Payments of an order that are named where an order_id was taken for a payment's id; the newest. */
  paymentsNamed: 10,
  listItems: 200,
  listItemsByDefault: 50,
  cursorCharacters: 200,
  /** Lines of a long answer that are written at once: well below a millisecond of the line's thread (rule 17). */
  linesAtOnce: 20,
  /** And the pause after them. */
  betweenPiecesMs: 1,
  /** Orphans on a page. */
  orphans: 50,
  preflightMaxAgeSeconds: 600,
  connections: 64,
  /** Tills that keep a connection between sales do so for a minute or two: closing first would fail their next request. */
  keepAliveMs: 120_000,
  headersMs: 10_000,
  /** For a whole request to arrive; an answer may take as long as a payment does. */
  requestMs: 30_000,
  checkConnectionsMs: 5_000,
} as const;
