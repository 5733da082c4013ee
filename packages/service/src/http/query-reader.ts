import { MOMENT_WORDS, readMoment } from '../payments/moment.ts';
import { found, shortened } from './found.ts';
import type { Parameter } from './route.ts';
import { meantBy } from './schema-problems.ts';

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
