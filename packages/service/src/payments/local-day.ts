/** A day on the till's own wall, from its midnight to the next: 23 or 25 hours long where the clock was put on or back. */
export interface LocalDay {
  /** `2026-01-05`. */
  date: string;
  fromMs: number;
  /** Exclusive. */
  toMs: number;
}

const DATE = /^(\d{4})-(\d{2})-(\d{2})$/;

/** Undefined for what is no day of the calendar. */
export function localDay(date: string): LocalDay | undefined {
  const parts = DATE.exec(date)?.slice(1).map(Number);
  if (parts === undefined) return undefined;
  const [year, month, day] = parts as [number, number, number];
  const begins = new Date(year, month - 1, day);
  const exists = begins.getFullYear() === year && begins.getMonth() === month - 1 && begins.getDate() === day;
  if (!exists) return undefined;
  return { date, fromMs: begins.getTime(), toMs: new Date(year, month - 1, day + 1).getTime() };
}

export function isWithin({ fromMs, toMs }: LocalDay, atMs: number): boolean {
  return atMs >= fromMs && atMs < toMs;
}
