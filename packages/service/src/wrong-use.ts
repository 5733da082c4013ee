import type { ConfigValues } from '@hipay-ecr/shared/config/fields.ts';

/** The program was called, or configured, in a way that cannot work. */
export class WrongUse extends Error {
  readonly problems: string[];

  constructor(problems: string[]) {
    super(problems.join('\n'));
    this.name = 'WrongUse';
    this.problems = problems;
  }
}

/** config.yml has mistakes; what is right in it is known all the same. */
export class Misconfigured extends WrongUse {
  readonly known: Partial<ConfigValues>;

  constructor(problems: string[], known: Partial<ConfigValues>) {
    super(problems);
    this.known = known;
  }

  get credentials(): { username: string; password: string } | undefined {
    const { api_username: username, api_password: password } = this.known;
    return username === undefined || password === undefined ? undefined : { username, password };
  }
}
