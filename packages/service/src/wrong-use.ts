/** The program was called, or configured, in a way that cannot work. */
export class WrongUse extends Error {
  readonly problems: string[];

  constructor(problems: string[]) {
    super(problems.join('\n'));
    this.name = 'WrongUse';
    this.problems = problems;
  }
}

/** config.yml has mistakes; how to sign in it may say all the same. */
export class Misconfigured extends WrongUse {
  readonly credentials: { username: string; password: string } | undefined;

  constructor(problems: string[], credentials?: { username: string; password: string }) {
    super(problems);
    this.credentials = credentials;
  }
}
