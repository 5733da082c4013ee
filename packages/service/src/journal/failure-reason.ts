/** Why a store did not do what it was asked, as far as it makes a difference to what a person should do. */
export type FailureReason =
  | 'full'
  | 'read_only'
  | 'no_access'
  | 'no_copy'
  | 'damaged'
  | 'newer'
  | 'in_use'
  | 'conflict'
  | 'io';

/** A failure that the store itself found. */
export class StoreFailure extends Error {
  readonly reason: FailureReason;

  constructor(reason: FailureReason, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = 'StoreFailure';
    this.reason = reason;
  }
}

/** SQLite's primary result codes (https://www.sqlite.org/rescode.html). */
const OF_SQLITE: Record<number, FailureReason> = {
  3: 'no_access',
  5: 'in_use',
  6: 'in_use',
  8: 'read_only',
  10: 'io',
  11: 'damaged',
  13: 'full',
  14: 'no_access',
  15: 'in_use',
  19: 'conflict',
  26: 'damaged',
};

/** SQLITE_IOERR_SHMSIZE: the log's index got no room on the disk. */
const NO_ROOM_FOR_INDEX = 4_874;

const OF_SYSTEM: Record<string, FailureReason> = {
  ENOSPC: 'full',
  EDQUOT: 'full',
  EROFS: 'read_only',
  EACCES: 'no_access',
  EPERM: 'no_access',
  EISDIR: 'no_access',
  ENOTDIR: 'no_access',
  ENOENT: 'no_access',
  EEXIST: 'no_access',
  EBUSY: 'in_use',
};

/** The reason behind an error of a store; undefined for an error that is none of a store's (a bug). */
export function failureReason(error: unknown): FailureReason | undefined {
  if (error instanceof StoreFailure) return error.reason;
  if (typeof error !== 'object' || error === null) return undefined;
  const { code, errcode, syscall } = error as { code?: unknown; errcode?: unknown; syscall?: unknown };
  if (code === 'ERR_SQLITE_ERROR' && errcode === NO_ROOM_FOR_INDEX) return 'full';
  // An extended code carries its primary one in the lowest byte. Any other failure of SQLite's is its disk's.
  if (code === 'ERR_SQLITE_ERROR' && typeof errcode === 'number') return OF_SQLITE[errcode & 0xff] ?? 'io';
  if (typeof code === 'string' && typeof syscall === 'string') return OF_SYSTEM[code] ?? 'io';
  return undefined;
}
