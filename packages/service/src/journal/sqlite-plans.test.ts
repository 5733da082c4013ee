import { DatabaseSync } from 'node:sqlite';
import { describe, expect, test } from '@jest/globals';
import { SCHEMA } from './sqlite-schema.ts';
import { statements } from './sqlite-statements.ts';

/**
 * How SQLite answers each question: by which index, and by all that the question says. A journal of years is as quick as
 * a new one as long as these stand; to lose an index, or to ask in a way that it does not serve, shows here.
 */
const PLANS: Record<keyof typeof statements, string[]> = {
  addFact: [],
  addOrphan: [],
  addAcknowledgement: [],
  replaceFact: ['SEARCH fact USING INTEGER PRIMARY KEY (rowid=?)'],
  putRow: [],
  factsFrom: ['SEARCH fact USING INTEGER PRIMARY KEY (rowid>? AND rowid<?)'],
  factsOfKind: ['SEARCH fact USING INTEGER PRIMARY KEY (rowid>? AND rowid<?)'],
  orphansFrom: [
    'SEARCH orphan USING INTEGER PRIMARY KEY (rowid>? AND rowid<?)',
    'SEARCH said USING INTEGER PRIMARY KEY (rowid=?) LEFT-JOIN',
  ],
  orphan: [
    'SEARCH orphan USING INTEGER PRIMARY KEY (rowid=?)',
    'SEARCH said USING INTEGER PRIMARY KEY (rowid=?) LEFT-JOIN',
  ],
  rowToForget: [
    'SEARCH payment USING INDEX payment_remembered ((accepted_at_ms,payment_id)>(?,?) AND accepted_at_ms<?)',
  ],
  factsOf: ['SEARCH fact USING INDEX fact_by_payment (payment_id=?)'],
  row: ['SEARCH payment USING PRIMARY KEY (payment_id=?)'],
  rowByToken: ['SEARCH payment USING INDEX payment_by_token (token=?)'],
  rowByIdempotencyKey: ['SEARCH payment USING INDEX payment_by_key (idempotency_key=?)'],
  rowLastAsked: ['SEARCH payment USING INDEX payment_by_asked (asked_seq>?)'],
  // One or two payments at most are unfinished: to sort them is nothing.
  rowsUnfinished: ['SEARCH payment USING INDEX payment_by_state (state=?)', 'USE TEMP B-TREE FOR ORDER BY'],
  rowsAwaiting: ['SEARCH payment USING INDEX payment_awaiting ((accepted_at_ms,payment_id)>(?,?))'],
  page: ['SEARCH payment USING INDEX payment_by_time (accepted_at_ms>? AND (accepted_at_ms,payment_id)<(?,?))'],
  pageOfOrder: [
    'SEARCH payment USING INDEX payment_by_order (order_id=? AND accepted_at_ms>? AND (accepted_at_ms,payment_id)<(?,?))',
  ],
  // Of the table only the newest fifty are read, and the rest is about them.
  standings: [
    'MATERIALIZE newest',
    'SEARCH payment USING COVERING INDEX payment_by_order (order_id=?)',
    ...['SCAN newest', 'SCALAR SUBQUERY 2', 'SCAN newest', 'SCALAR SUBQUERY 3', 'SCAN newest'],
  ],
  momentFrom: ['SEARCH fact USING INTEGER PRIMARY KEY (rowid>?)'],
  rowsAnswered: [
    'SEARCH payment USING PRIMARY KEY (payment_id=?)',
    'LIST SUBQUERY 1',
    'SEARCH fact USING INTEGER PRIMARY KEY (rowid>? AND rowid<?)',
  ],
  pageOfState: [
    'SEARCH payment USING INDEX payment_by_state (state=? AND accepted_at_ms>? AND (accepted_at_ms,payment_id)<(?,?))',
  ],
  pageOfOrderAndState: [
    'SEARCH payment USING INDEX payment_by_order (order_id=? AND accepted_at_ms>? AND (accepted_at_ms,payment_id)<(?,?))',
  ],
  answersWith: ['SEARCH fact USING INDEX fact_by_bytes (bytes_key=? AND at_ms>?)'],
  orphansWith: ['SEARCH orphan USING INDEX orphan_by_bytes (bytes_key=? AND at_ms>?)'],
  rowsParked: ['SEARCH payment USING INDEX payment_parked (payment_id>?)'],
  rowsAlarmed: ['SEARCH payment USING INDEX payment_alarmed (payment_id>?)'],
  orphans: [
    'SEARCH orphan USING INDEX orphan_by_time (at_ms>? AND at_ms<?)',
    'SEARCH said USING INTEGER PRIMARY KEY (rowid=?) LEFT-JOIN',
  ],
  // The indexes that are walked hold only the rows that are counted.
  counts: [
    'SCAN CONSTANT ROW',
    'SCALAR SUBQUERY 1',
    'SEARCH payment USING COVERING INDEX payment_by_state (state=?)',
    'SCALAR SUBQUERY 2',
    'SCAN payment USING INDEX payment_awaiting',
    'SCALAR SUBQUERY 3',
    'SCAN payment USING COVERING INDEX payment_parked',
    'SCALAR SUBQUERY 4',
    'SCAN payment USING COVERING INDEX payment_alarmed',
    'SCALAR SUBQUERY 5',
    'SCAN orphan USING COVERING INDEX orphan_by_time',
    'SCALAR SUBQUERY 6',
    'SCAN acknowledgement',
  ],
  // Backwards along the table's own order, and only the first one (the test below).
  newestFact: ['SCAN fact'],
  newestOrphan: ['SCAN orphan'],
  newestAcknowledged: ['SCAN acknowledgement'],
  paymentIdsAfter: [
    'MERGE (UNION)',
    'LEFT',
    'SEARCH payment USING PRIMARY KEY (payment_id>?)',
    'RIGHT',
    'SEARCH fact USING COVERING INDEX fact_by_payment (payment_id>?)',
  ],
};

describe('no question walks a table', () => {
  const database = new DatabaseSync(':memory:');
  database.exec(SCHEMA);

  test.each(Object.entries(statements))('%s', (name, sql) => {
    const plan = database.prepare(`EXPLAIN QUERY PLAN ${sql}`).all();
    expect(plan.map(({ detail }) => detail)).toEqual(PLANS[name as keyof typeof statements]);
  });

  test('the newest is the first one backwards, and no other is read', () => {
    for (const sql of [statements.newestFact, statements.newestOrphan, statements.newestAcknowledged]) {
      expect(sql).toMatch(/ORDER BY (orphan_)?seq DESC LIMIT 1$/);
    }
  });

  test('every index serves a question: one that serves none would only cost each commit', () => {
    const indexes = database.prepare("SELECT name FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL").all();
    const plans = Object.values(PLANS).flat().join('\n');
    expect(indexes.length).toBeGreaterThan(0);
    for (const { name } of indexes) expect(plans).toContain(`INDEX ${name}`);
  });
});
