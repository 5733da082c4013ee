import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { TO_FORGET } from './sqlite-schema.ts';

const FACT = `SELECT seq, payment_id AS paymentId, version, at_ms AS atMs, kind, body, checksum, bytes_key AS bytesKey FROM fact`;
const ORPHAN = `SELECT seq, at_ms AS atMs, body, checksum, bytes_key AS bytesKey FROM orphan`;
const ORPHAN_AND_WORD = `SELECT seq, orphan.at_ms AS atMs, orphan.body, orphan.checksum, bytes_key AS bytesKey,
  said.at_ms AS saidAtMs, said.body AS saidBody, said.checksum AS saidChecksum
  FROM orphan LEFT JOIN acknowledgement AS said ON said.orphan_seq = seq`;
const ROW = `SELECT payment_id AS paymentId, version, order_id AS orderId, accepted_at_ms AS acceptedAtMs, state, token,
  asked_seq AS askedSeq, registration, alarmed, idempotency_key AS idempotencyKey,
  decided_at_ms AS decidedAtMs, told_at_ms AS toldAtMs, boot_at_ms AS bootAtMs, boot_id AS bootId,
  times_stood_still AS timesStoodStill, forgotten FROM payment`;
const AWAITING = `registration IN ('due', 'registering', 'unclear')`;
const PAGE = `accepted_at_ms >= :fromMs AND (accepted_at_ms, payment_id) < (:beforeMs, :beforeId)
  ORDER BY accepted_at_ms DESC, payment_id DESC LIMIT :limit`;

/** Every statement that the journal runs on its file. None walks a table (a test asks SQLite for its plans). */
export const statements = {
  addFact: `INSERT INTO fact (seq, payment_id, version, at_ms, kind, body, checksum, bytes_key)
    VALUES (:seq, :paymentId, :version, :atMs, :kind, :body, :checksum, :bytesKey)`,
  addOrphan: `INSERT INTO orphan (seq, at_ms, body, checksum, bytes_key) VALUES (:seq, :atMs, :body, :checksum, :bytesKey)`,
  addAcknowledgement: `INSERT INTO acknowledgement (orphan_seq, at_ms, body, checksum)
    VALUES (:orphanSeq, :atMs, :body, :checksum)`,
  replaceFact: `UPDATE fact SET body = :body, checksum = :checksum, bytes_key = :bytesKey WHERE seq = :seq`,
  putRow: `INSERT INTO payment
      (payment_id, version, order_id, accepted_at_ms, state, token, asked_seq, registration, alarmed, idempotency_key,
        decided_at_ms, told_at_ms, boot_at_ms, boot_id, times_stood_still, forgotten)
    VALUES (:paymentId, :version, :orderId, :acceptedAtMs, :state, :token, :askedSeq, :registration, :alarmed, :idempotencyKey,
      :decidedAtMs, :toldAtMs, :bootAtMs, :bootId, :timesStoodStill, :forgotten)
    ON CONFLICT (payment_id) DO UPDATE SET version = :version, order_id = :orderId, accepted_at_ms = :acceptedAtMs,
      state = :state, token = :token, asked_seq = :askedSeq, registration = :registration, alarmed = :alarmed,
      idempotency_key = :idempotencyKey, decided_at_ms = :decidedAtMs, told_at_ms = :toldAtMs, boot_at_ms = :bootAtMs,
      boot_id = :bootId, times_stood_still = :timesStoodStill, forgotten = :forgotten`,
  factsFrom: `${FACT} WHERE seq >= :seq AND seq < :end ORDER BY seq`,
  factsOfKind: `${FACT} WHERE seq >= :seq AND seq < :end AND kind = :kind ORDER BY seq`,
  orphansFrom: `${ORPHAN_AND_WORD} WHERE seq >= :seq AND seq < :end ORDER BY seq`,
  factsOf: `${FACT} WHERE payment_id = :paymentId ORDER BY version`,
  row: `${ROW} WHERE payment_id = :paymentId`,
  rowByToken: `${ROW} WHERE token = :token`,
  rowByIdempotencyKey: `${ROW} WHERE idempotency_key = :idempotencyKey ORDER BY accepted_at_ms DESC LIMIT 1`,
  rowLastAsked: `${ROW} WHERE asked_seq IS NOT NULL ORDER BY asked_seq DESC LIMIT 1`,
  rowsUnfinished: `${ROW} WHERE state IN ('opening', 'running') ORDER BY accepted_at_ms, payment_id`,
  rowsAwaiting: `${ROW} WHERE ${AWAITING} AND (accepted_at_ms, payment_id) > (:acceptedAtMs, :paymentId) ORDER BY accepted_at_ms, payment_id LIMIT :limit`,
  page: `${ROW} WHERE ${PAGE}`,
  pageOfOrder: `${ROW} WHERE order_id = :orderId AND ${PAGE}`,
  // What matters of an order is told apart here (counting.ts): of what a till numbered so on each day, one row and not fifty.
  // A state that is none of ours comes out, too, and is found to be damage by whoever reads it.
  standings: `WITH newest AS MATERIALIZED (SELECT payment_id AS paymentId, accepted_at_ms AS acceptedAtMs, state,
      decided_at_ms AS decidedAtMs, told_at_ms AS toldAtMs, boot_at_ms AS bootAtMs, boot_id AS bootId,
      times_stood_still AS timesStoodStill
      FROM payment WHERE order_id = :orderId ORDER BY accepted_at_ms DESC, payment_id DESC LIMIT :limit)
    SELECT * FROM newest WHERE state NOT IN ('approved', 'unknown', 'refused', 'not_sent')
      OR (state IN ('approved', 'unknown') AND (coalesce(decidedAtMs, acceptedAtMs) >= :sinceMs
        OR toldAtMs IS NULL OR timesStoodStill = 1
        OR ((acceptedAtMs >= :bootAtMs OR bootId = :bootId) AND abs(bootAtMs - :bootAtMs) > :toleranceMs)))
      OR paymentId = (SELECT paymentId FROM newest LIMIT 1)
      OR paymentId = (SELECT paymentId FROM newest WHERE state NOT IN ('refused', 'not_sent') LIMIT 1)
    ORDER BY acceptedAtMs DESC, paymentId DESC`,
  momentFrom: `SELECT seq, at_ms AS atMs FROM fact WHERE seq >= :seq ORDER BY seq LIMIT 1`,
  rowsAnswered: `${ROW} WHERE +accepted_at_ms < :acceptedBeforeMs AND payment_id IN
    (SELECT payment_id FROM fact WHERE seq >= :seq AND seq < :end AND kind = 'answered')`,
  pageOfState: `${ROW} WHERE state = :state AND ${PAGE}`,
  pageOfOrderAndState: `${ROW} WHERE order_id = :orderId AND +state = :state AND ${PAGE}`,
  answersWith: `${FACT} WHERE bytes_key = :bytesKey AND at_ms >= :sinceMs`,
  orphansWith: `${ORPHAN} WHERE bytes_key = :bytesKey AND at_ms >= :sinceMs`,
  rowsParked: `${ROW} WHERE registration = 'parked' AND payment_id > :after ORDER BY payment_id LIMIT :limit`,
  rowsAlarmed: `${ROW} WHERE alarmed = 1 AND payment_id > :after ORDER BY payment_id LIMIT :limit`,
  rowToForget: `${ROW} INDEXED BY payment_remembered WHERE ${TO_FORGET} AND accepted_at_ms < :beforeMs
    AND (accepted_at_ms, payment_id) > (:acceptedAtMs, :paymentId) ORDER BY accepted_at_ms, payment_id LIMIT 1`,
  orphans: `${ORPHAN_AND_WORD} WHERE orphan.at_ms >= :fromMs AND orphan.at_ms < :toMs AND (said.orphan_seq IS NULL OR NOT :onlyOpen)
    ORDER BY orphan.at_ms DESC, seq DESC LIMIT :limit OFFSET :skip`,
  orphan: `${ORPHAN_AND_WORD} WHERE seq = :seq`,
  counts: `SELECT
      (SELECT count(*) FROM payment WHERE state = 'unknown') AS unknown,
      (SELECT count(*) FROM payment WHERE ${AWAITING}) AS awaitingRegistration,
      (SELECT count(*) FROM payment WHERE registration = 'parked') AS parked,
      (SELECT count(*) FROM payment WHERE alarmed = 1) AS alarmed,
      (SELECT count(*) FROM orphan) - (SELECT count(*) FROM acknowledgement) AS orphans`,
  newestFact: `${FACT} ORDER BY seq DESC LIMIT 1`,
  newestOrphan: `${ORPHAN} ORDER BY seq DESC LIMIT 1`,
  newestAcknowledged: `SELECT orphan_seq AS seq FROM acknowledgement ORDER BY orphan_seq DESC LIMIT 1`,
  paymentIdsAfter: `SELECT payment_id AS paymentId FROM payment WHERE payment_id > :paymentId
    UNION SELECT payment_id FROM fact WHERE payment_id > :paymentId AND version = 1 ORDER BY 1 LIMIT :limit`,
} as const;

export type Statements = Record<keyof typeof statements, StatementSync>;

export function prepareStatements(database: DatabaseSync): Statements {
  const prepared = Object.entries(statements).map(([name, text]) => [name, database.prepare(text)]);
  return Object.fromEntries(prepared) as Statements;
}
