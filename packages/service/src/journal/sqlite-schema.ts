/** Stands in the file's header (`application_id`), so that another program's database is never taken for a journal: "ECRJ". */
export const APPLICATION_ID = 0x4543524a;
/** Stands in the file's header (`user_version`). A program refuses a file whose number is above its own. */
export const SCHEMA_VERSION = 1;

/** At rest, and telling of its customer still: the very words by which both the index and its question know such a row. */
export const TO_FORGET = `forgotten = 0 AND alarmed = 0 AND state IN ('approved', 'refused', 'not_sent')
  AND registration IN ('none', 'registered')`;

/**
 * `fact`, `orphan` and `acknowledgement` are the truth; rows are only ever added, but that forgetting takes a customer's
 * data out of the facts of a payment (`journal_days`). `payment` is derived from `fact` in the same commit; its
 * indexes hold, for each question, only the rows that answer it, so that a journal of years starts as quickly as a new one;
 * that of orders holds all that is asked about them, since a till that numbers from 1 each day asks about fifty at once.
 */
export const SCHEMA = `
CREATE TABLE fact (
  seq INTEGER PRIMARY KEY,
  payment_id TEXT NOT NULL,
  version INTEGER NOT NULL,
  at_ms INTEGER NOT NULL,
  kind TEXT NOT NULL,
  body TEXT NOT NULL,
  checksum INTEGER NOT NULL,
  bytes_key INTEGER
) STRICT;
CREATE UNIQUE INDEX fact_by_payment ON fact (payment_id, version);
CREATE INDEX fact_by_bytes ON fact (bytes_key, at_ms) WHERE bytes_key IS NOT NULL;

CREATE TABLE orphan (
  seq INTEGER PRIMARY KEY,
  at_ms INTEGER NOT NULL,
  body TEXT NOT NULL,
  checksum INTEGER NOT NULL,
  bytes_key INTEGER NOT NULL
) STRICT;
CREATE INDEX orphan_by_bytes ON orphan (bytes_key, at_ms);
CREATE INDEX orphan_by_time ON orphan (at_ms, seq);

CREATE TABLE acknowledgement (
  orphan_seq INTEGER PRIMARY KEY,
  at_ms INTEGER NOT NULL,
  body TEXT NOT NULL,
  checksum INTEGER NOT NULL
) STRICT;

CREATE TABLE payment (
  payment_id TEXT PRIMARY KEY,
  version INTEGER NOT NULL,
  order_id TEXT NOT NULL,
  accepted_at_ms INTEGER NOT NULL,
  state TEXT NOT NULL,
  token TEXT,
  asked_seq INTEGER,
  registration TEXT NOT NULL,
  alarmed INTEGER NOT NULL,
  idempotency_key TEXT,
  decided_at_ms INTEGER,
  told_at_ms INTEGER,
  boot_at_ms INTEGER,
  boot_id TEXT,
  times_stood_still INTEGER NOT NULL,
  forgotten INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX payment_by_token ON payment (token) WHERE token IS NOT NULL;
CREATE INDEX payment_by_asked ON payment (asked_seq) WHERE asked_seq IS NOT NULL;
CREATE INDEX payment_by_order ON payment (order_id, accepted_at_ms, payment_id,
  state, decided_at_ms, told_at_ms, boot_at_ms, boot_id, times_stood_still);
CREATE INDEX payment_by_key ON payment (idempotency_key, accepted_at_ms) WHERE idempotency_key IS NOT NULL;
CREATE INDEX payment_by_state ON payment (state, accepted_at_ms, payment_id);
CREATE INDEX payment_by_time ON payment (accepted_at_ms, payment_id);
CREATE INDEX payment_awaiting ON payment (accepted_at_ms, payment_id)
  WHERE registration IN ('due', 'registering', 'unclear');
CREATE INDEX payment_parked ON payment (payment_id) WHERE registration = 'parked';
CREATE INDEX payment_alarmed ON payment (payment_id) WHERE alarmed = 1;
CREATE INDEX payment_remembered ON payment (accepted_at_ms, payment_id) WHERE ${TO_FORGET};
`;
