/** The program was called, or configured, in a way that cannot work. */
export class WrongUse extends Error {
  readonly problems: string[];

  constructor(problems: string[]) {
    super(problems.join('\n'));
    this.name = 'WrongUse';
    this.problems = problems;
  }
}
