import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { JournalCore } from '../../packages/service/src/journal/journal-core.ts';
import { journalFile } from '../../packages/service/src/journal/journal-files.ts';
import { SqliteStore } from '../../packages/service/src/journal/sqlite-store.ts';
import { storeAcknowledgement, storeFact, storeOrphan } from '../../packages/service/src/journal/stored-fact.ts';
import type { Fact, Orphan } from '../../packages/service/src/payments/fact.ts';
import { inShort } from '../../packages/service/test/support/payment-in-short.ts';
import { makePlan } from '../torture/make-plan.ts';
import { runPlan } from '../torture/run-plan.ts';
import { traitsOf } from './traits.ts';

/**
 * `node scripts/kept-journals/main.ts VERSION`: keeps a journal as this version of the program writes it, with payments of
 * every kind that the torture comes to, and beside it what this version reads in it. Made once for each version that goes
 * out to tills; test/journals-of-earlier-versions.test.ts holds all later ones to it.
 */
const RUNS = 400;
const KEPT_ORPHANS = 6;
const FORGOTTEN = 4;
/** Between one kept payment and the next, so that the journal's time never runs back. */
const APART_MS = 24 * 3600_000;
/** When the last of it is written, so that each run of this program makes the same. */
const AFTER_ALL_MS = Date.UTC(2030, 0, 1);

const [version] = process.argv.slice(2);
if (version === undefined || !/^\d+\.\d+\.\d+$/.test(version)) {
  console.error('Which version of the program is this? For example: node scripts/kept-journals/main.ts 1.0.0');
  process.exit(2);
}

const { payments, orphans } = await gather();
const folder = mkdtempSync(join(tmpdir(), 'kept-journal-'));
try {
  const store = new SqliteStore(journalFile(folder), 'writer');
  write(store);
  const core = new JournalCore(store, () => AFTER_ALL_MS);
  core.rebuildIndex();
  for (let n = 0; n < FORGOTTEN; n++) core.forgetOne(AFTER_ALL_MS);
  const read = store.paymentIdsAfter('', payments.length).flatMap((id) => core.payment(id) ?? []);
  store.moveLogIntoFile();
  store.close();
  const kept = fileURLToPath(new URL('../../packages/service/test/journals/', import.meta.url));
  mkdirSync(kept, { recursive: true });
  writeFileSync(join(kept, `${version}.sqlite.gz`), gzipSync(readFileSync(journalFile(folder)), { level: 9 }));
  writeFileSync(
    join(kept, `${version}.jsonl`),
    read.map((payment) => `${JSON.stringify(inShort(payment))}\n`).join(''),
  );
  console.log(`${read.length} payments, ${orphans.length} orphans`);
} finally {
  rmSync(folder, { recursive: true });
}

/** Of each payment as many facts as show most that no payment before it has shown: some are left as a crash leaves them. */
async function gather(): Promise<{ payments: Fact[][]; orphans: Orphan[] }> {
  const shown = new Set<string>();
  const payments: Fact[][] = [];
  const orphans: Orphan[] = [];
  for (let seed = 1; seed <= RUNS; seed++) {
    const { evidence } = await runPlan(makePlan(seed));
    const perPayment = evidence.stations.flatMap(({ facts }) => [...Map.groupBy(facts, ofPayment).values()]);
    for (const facts of perPayment) {
      const best = mostNew(facts, shown);
      for (const trait of traitsOf(best)) shown.add(trait);
      if (best.length > 0) payments.push(best);
    }
    orphans.push(...evidence.stations.flatMap((station) => station.orphans));
  }
  const [words, none] = [orphans.filter(hasWord), orphans.filter((orphan) => !hasWord(orphan))];
  return { payments, orphans: [...words.slice(0, KEPT_ORPHANS / 2), ...none.slice(0, KEPT_ORPHANS / 2)] };
}

function mostNew(facts: Fact[], shown: ReadonlySet<string>): Fact[] {
  let best: Fact[] = [];
  let most = 0;
  for (let count = 1; count <= facts.length; count++) {
    const begun = facts.slice(0, count);
    const fresh = traitsOf(begun).filter((trait) => !shown.has(trait)).length;
    if (fresh >= Math.max(1, most)) [best, most] = [begun, fresh];
  }
  return best;
}

/** As they would stand there had one till had all of them, one a day. */
function write(store: SqliteStore): void {
  let seq = 0;
  const later = <T extends { atMs: number }>(one: T, day: number): T => ({ ...one, atMs: one.atMs + day * APART_MS });
  for (const [day, facts] of payments.entries()) {
    const paymentId = `01KEPT${String(day + 1).padStart(20, '0')}`;
    const moved = facts.map((fact) => ({ ...later(wallMoved(fact, day), day), paymentId }));
    store.commit({ facts: moved.map((fact, i) => storeFact(fact, ++seq, i + 1)), orphans: [] });
  }
  for (const [i, { acknowledged, ...orphan }] of orphans.entries()) {
    const day = payments.length + i;
    store.commit({ facts: [], orphans: [storeOrphan({ ...later(orphan, day), orphanId: i + 1 })] });
    if (acknowledged === undefined) continue;
    store.commit({ facts: [], orphans: [], acknowledgement: storeAcknowledgement(i + 1, later(acknowledged, day)) });
  }
}

/** What stands in a fact by the wall goes along, so that it is as far from the fact's own time as it was. */
function wallMoved(fact: Fact, day: number): Fact {
  if (fact.kind !== 'accepted') return fact;
  const { bootAtMs, wallAtMs } = fact;
  return {
    ...fact,
    ...(bootAtMs !== undefined && { bootAtMs: bootAtMs + day * APART_MS }),
    ...(wallAtMs !== undefined && { wallAtMs: wallAtMs + day * APART_MS }),
  };
}

function ofPayment({ paymentId }: Fact): string {
  return paymentId;
}

function hasWord({ acknowledged }: Orphan): boolean {
  return acknowledged !== undefined;
}
