import type { WireEnd } from '@hipay-ecr/shared/concert/wire.ts';
import type { FaultKind } from '@hipay-ecr/simulator/gateway/gateway-faults.ts';
import type { PrivateFieldHabit } from '@hipay-ecr/simulator/terminal/answer.ts';
import type { OwedHabit } from '@hipay-ecr/simulator/terminal/owed-habit.ts';
import type { ScenarioName } from '@hipay-ecr/simulator/terminal/scenario.ts';
import type { UnsyncedAfterCrash } from '../../packages/service/src/journal/memory-store.ts';

/** All that happens in one run, as data: the same plan is the same run, and a part of a plan is a plan. */
export interface Plan {
  /** For what is random inside the run: tokens, charge ids, jitter. */
  seed: number;
  stations: StationPlan[];
  sales: SalePlan[];
  troubles: Trouble[];
}

/** One terminal with the service that it is plugged into. All stations tell the same HiPay account. */
export interface StationPlan {
  privateField: PrivateFieldHabit;
  privateData: 'token' | 'blank';
  orderIdScope: 'day' | 'forever' | 'none';
  /** How often the terminal tries to deliver an answer. */
  answerSessions: number;
  /** When it brings an answer that it gave up. */
  owed: OwedHabit;
  /** What a request gets that comes while a payment is open. */
  repeated: 'nak' | 'ack';
  customerMs: number;
  /** What the customers do, one after the other; then all of them pay. */
  customers: ScenarioName[];
}

/** Something that is to be paid once. */
export interface SalePlan {
  sale: number;
  station: number;
  atMs: number;
  amountMinor: number;
  transactionType: 'Debit' | 'Credit';
  /** Null: the till sends none. */
  orderId: string | null;
  /** Whether an Idempotency-Key goes along. */
  keyed: boolean;
  /** When the till hangs up; null: it waits as long as it takes. */
  patienceMs: number | null;
  /** How often it rings again after a hang-up or a broken connection, and how long it waits before. */
  reRings: number;
  pauseMs: number;
  afterFailure: 'stop' | 'again';
  afterUnknown: 'stop' | 'again' | 'renumber';
  /** How long a result is on its way to the till, where it is not there at once. */
  hearsAfterMs?: number;
  /** How long after it was paid the till asks again, as for a lost receipt; null: never. */
  againMs: number | null;
}

export type WireFault = { kind: 'replaced' | 'inserted'; byte: number } | { kind: 'lost' | 'doubled' | 'pair_lost' };

/** Before a commit is written, written and not synced, or synced and not told to anybody. */
export type CommitPoint = 'before_write' | 'before_sync' | 'after_sync';

/** A question on which an order hangs, the commit of a payment's request, any commit, or one that is done, and not yet told. */
export type StallPoint = 'question' | 'asking' | 'commit' | 'told_late';

/** When a process dies. `byte` counts what our side of the line wrote or heard in that transfer. */
export type CrashMoment =
  | { kind: 'time'; atMs: number }
  | { kind: 'commit'; commit: number; point: CommitPoint }
  | { kind: 'line'; transfer: number; side: 'wrote' | 'heard'; byte: number };

export type Trouble =
  | { kind: 'wire'; station: number; transfer: number; from: WireEnd; index: number; fault: WireFault }
  /** A byte out of nowhere, between transfers. */
  | { kind: 'noise'; station: number; atMs: number; to: WireEnd; byte: number }
  | { kind: 'cut'; station: number; atMs: number; outMs: number }
  /**
   * From the n-th request on, what we write stands still for so long; `isTaken`: the operating system has it already, and so
   * knows nothing of that.
   */
  | { kind: 'stuck_line'; station: number; nth: number; forMs: number; isTaken: boolean }
  /** The n-th request goes out byte by byte, at this pace. */
  | { kind: 'slow_line'; station: number; nth: number; byteMs: number }
  /** The terminal does not hear our ACK of the n-th answer, so often. */
  | { kind: 'unheard_ack'; station: number; nth: number; times: number }
  | { kind: 'disk'; station: number; commit: number; times: number; fault: DiskFault }
  | { kind: 'slow_disk'; station: number; commit: number; beforeMs: number; afterMs: number }
  /** The same at the commit of the n-th payment's request, between the terminal's proof that it is idle and our frame. */
  | { kind: 'slow_asking'; station: number; nth: number; beforeMs: number }
  /** The disk stands still at the n-th of these; everything else that is asked of it waits. */
  | { kind: 'stalled_disk'; station: number; at: StallPoint; nth: number; forMs: number }
  /** `reboots`: the whole machine, so that its uptime begins anew. */
  | {
      kind: 'crash';
      station: number;
      moment: CrashMoment;
      unsynced: UnsyncedAfterCrash;
      downMs: number;
      reboots: boolean;
    }
  | { kind: 'restart'; station: number; atMs: number; downMs: number }
  | { kind: 'gateway'; atMs: number; forMs: number; fault: GatewayFault }
  | { kind: 'wall_clock'; atMs: number; byMs: number }
  | { kind: 'sleep'; atMs: number; forMs: number }
  | { kind: 'operator'; station: number; atMs: number; lies: boolean }
  /** A person sends what is parked again, all of it and then, after a look at HiPay, one by one. */
  | { kind: 'resend'; station: number; atMs: number };

export type DiskFault = 'write_fails' | 'sync_fails' | 'sync_fails_and_keeps';
/** `html_after_booking`: a proxy's page stands in for HiPay's answer. */
export type GatewayFault = Exclude<FaultKind, { kind: 'lag' }> | { kind: 'html_after_booking' } | LagFault;
export type LagFault = { kind: 'lag'; lagMs: number };

/** Those of these kinds that are a station's own. */
export function troublesAt<Kind extends Trouble['kind']>(
  station: number,
  { troubles }: Plan,
  kinds: readonly Kind[],
): Extract<Trouble, { kind: Kind }>[] {
  return troubles.filter((trouble): trouble is Extract<Trouble, { kind: Kind }> => {
    return 'station' in trouble && trouble.station === station && (kinds as readonly string[]).includes(trouble.kind);
  });
}

/** One line for each thing of a plan, for people. */
export function describePlan({ stations, sales, troubles }: Plan): string[] {
  return [
    ...stations.map((station, n) => `station ${n}: ${JSON.stringify(station)}`),
    ...sales.map((sale) => `sale ${sale.sale}: ${JSON.stringify(sale)}`),
    ...troubles.map((trouble) => `trouble: ${JSON.stringify(trouble)}`),
  ];
}
