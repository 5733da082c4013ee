import { localDay } from './local-day.ts';

export const MOMENT_WORDS = 'a day such as 2026-01-05 (local) or a moment such as 2026-01-05T09:30:00Z';

const MOMENT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:\d{2})$/;

/** A day is that of the till's own clock on the wall, and begins at its midnight; as an end it counts whole. */
export function readMoment(text: string, end: 'midnight' | 'whole_day'): number | undefined {
  const day = localDay(text);
  if (day !== undefined) return end === 'whole_day' ? day.toMs : day.fromMs;
  const momentMs = MOMENT.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(momentMs) ? undefined : momentMs;
}
