/**
 * A terminal's screen without an upper end: what a person sees, from what a program writes. It knows the sequences that the
 * setup and Inquirer use, and refuses any other, so that a test never compares what it misread.
 */
export class Screen {
  readonly #lines: string[][] = [[]];
  readonly #columns: number;
  #row = 0;
  #column = 0;
  #rest = '';

  constructor(columns: number) {
    this.#columns = columns;
  }

  write(text: string): void {
    const pending = this.#rest + text;
    this.#rest = '';
    for (let at = 0; at < pending.length; ) {
      const char = pending[at] ?? '';
      if (char !== '\u001b') {
        this.#put(char);
        at++;
        continue;
      }
      // biome-ignore lint/suspicious/noControlCharactersInRegex: this is where escape sequences are read
      const sequence = /^\u001b\[([?\d;]*)([A-Za-z])/.exec(pending.slice(at));
      if (sequence === null) {
        if (pending.length - at > 20) throw new Error(`unknown sequence ${JSON.stringify(pending.slice(at, at + 20))}`);
        this.#rest = pending.slice(at);
        return;
      }
      this.#control(sequence[1] ?? '', sequence[2] ?? '');
      at += sequence[0].length;
    }
  }

  /** Everything on it, lines below each other. */
  get text(): string {
    return this.#lines
      .map((line) =>
        Array.from(line, (char) => char ?? ' ')
          .join('')
          .trimEnd(),
      )
      .join('\n');
  }

  #put(char: string): void {
    if (char === '\r') this.#column = 0;
    else if (char === '\n') this.#move(1, 0);
    else if (char === '\u0007') return;
    else if (char === '\b') this.#column = Math.max(0, this.#column - 1);
    else {
      if (this.#column === this.#columns) {
        this.#move(1, 0);
        this.#column = 0;
      }
      this.#line[this.#column] = char;
      this.#column++;
    }
  }

  #control(parameters: string, final: string): void {
    const count = Number(parameters || '1');
    switch (final) {
      case 'A':
        this.#move(-count, 0);
        break;
      case 'B':
        this.#move(count, 0);
        break;
      case 'C':
        this.#move(0, count);
        break;
      case 'D':
        this.#move(0, -count);
        break;
      case 'G':
        this.#column = count - 1;
        break;
      case 'J':
        this.#lines.splice(this.#row + 1);
        this.#line.splice(this.#column);
        break;
      case 'K':
        if (parameters === '2') this.#line.length = 0;
        else if (parameters === '' || parameters === '0') this.#line.splice(this.#column);
        else throw new Error(`unknown erasure ${parameters}K`);
        break;
      case 'm':
      case 'h':
      case 'l':
        break;
      default:
        throw new Error(`unknown sequence ESC [ ${parameters}${final}`);
    }
  }

  #move(rows: number, columns: number): void {
    this.#row = Math.max(0, this.#row + rows);
    this.#column = Math.max(0, this.#column + columns);
    while (this.#lines.length <= this.#row) this.#lines.push([]);
  }

  get #line(): string[] {
    const line = this.#lines[this.#row];
    if (line === undefined) throw new Error(`no line ${this.#row}`);
    return line;
  }
}
