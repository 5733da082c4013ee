import { localDay } from '../payments/local-day.ts';
import { found, shortened } from './found.ts';
import type { Parameter } from './route.ts';
import { meantBy } from './schema-problems.ts';

export const MOMENT_WORDS = 'a day such as 2026-01-05 (local) or a moment such as 2026-01-05T09:30:00Z';

const MOMENT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:\d{2})$/;

/** Reads the parameters of a query one by one, and gathers all that is wrong with them. */
export class QueryReader {
  readonly problems: string[] = [];
  readonly #query: Readonly<Record<string, unknown>>;

  constructor(query: Readonly<Record<string, unknown>>, parameters: readonly Parameter[]) {
    this.#query = query;
    const names = parameters.map(({ name }) => name);
    for (const name of Object.keys(query)) {
      if (names.includes(name)) continue;
      const meant = meantBy(name, names);
      const hint = meant === undefined ? '' : `; ${meant} may have been meant`;
      this.problems.push(`${shortened(name)}: unknown parameter, expected one of ${names.join(', ')}${hint}`);
    }
  }

  wrong(name: string, expected: string): undefined {
    this.problems.push(`${shortened(name)}: found ${found(this.#query[name])}, expected ${expected}`);
  }

  /** Its text; undefined where it is missing or empty. */
  given(name: string): string | undefined {
    const value = this.#query[name];
    if (value === undefined || value === '') return undefined;
    return typeof value === 'string' ? value : this.wrong(name, 'it once');
  }

  number(name: string, most: number, byDefault: number): number {
    const text = this.given(name);
    if (text === undefined) return byDefault;
    const value = /^\d{1,9}$/.test(text) ? Number(text) : 0;
    if (value >= 1 && value <= most) return value;
    this.wrong(name, `a number from 1 to ${most}`);
    return byDefault;
  }

  /** `from` and `to`, as far as they are given. */
  period(): { fromMs?: number; toMs?: number } {
    const fromMs = this.#moment('from', 'midnight');
    const toMs = this.#moment('to', 'whole_day');
    if (fromMs !== undefined && toMs !== undefined && fromMs >= toMs) this.wrong('to', 'a time after from');
    return { ...(fromMs !== undefined && { fromMs }), ...(toMs !== undefined && { toMs }) };
  }

  #moment(name: string, end: 'midnight' | 'whole_day'): number | undefined {
    const text = this.given(name);
    return text === undefined ? undefined : (readMoment(text, end) ?? this.wrong(name, MOMENT_WORDS));
  }
}

/** A day is that of the till's own clock on the wall, and begins at its midnight; as an end it counts whole. */
function readMoment(text: string, end: 'midnight' | 'whole_day'): number | undefined {
  const day = localDay(text);
  if (day !== undefined) return end === 'whole_day' ? day.toMs : day.fromMs;
  const momentMs = MOMENT.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(momentMs) ? undefined : momentMs;
}
