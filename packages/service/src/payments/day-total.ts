import type { TransactionType } from './order.ts';

export interface Sum {
  count: number;
  amountMinor: number;
}

/** One currency, one direction: what the till asked, what came of it, and how far HiPay knows. */
export interface DayTotal {
  currency: string;
  transactionType: TransactionType;
  asked: Sum;
  /** What the terminal (or a person) said was taken. */
  approved: Sum;
  refused: Sum;
  notSent: Sum;
  unknown: Sum;
  /** Not decided yet. */
  running: Sum;
  registered: Sum;
  waiting: Sum;
  parked: Sum;
}
