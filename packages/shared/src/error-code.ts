/**
 * Error codes as tills see them. 1000 to 1009 are HiPay's published table with its texts (HiPay Omnichannel SDK, error
 * codes); those from 1100 on are ours.
 */
export type ErrorCode =
  | '1000'
  | '1001'
  | '1002'
  | '1003'
  | '1004'
  | '1005'
  | '1006'
  | '1007'
  | '1008'
  | '1009'
  | '1100'
  | '1101'
  | '1102'
  | '1103'
  | '1104'
  | '1105'
  | '1106'
  | '1107'
  | '1108'
  | '1109'
  | '1110'
  | '1111';

/** The languages in which tills and people are told things. */
export type Language = 'en' | 'fr';

export interface ErrorEntry {
  /** The status of a refusal with this code; null where the code only stands inside a 200. */
  httpStatus: number | null;
  /** The money may have been taken: the till is told, before all else, not to charge again. */
  outcomeUnknown?: true;
  text: Record<Language, string>;
  /** What the person at the till should do. */
  cashier: Record<Language, string>;
  /** What somebody should do who asked for no payment (a technician, a program of support), where that is something else. */
  person?: Record<Language, string>;
}
