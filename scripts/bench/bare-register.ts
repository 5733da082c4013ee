import { closeSync, constants, openSync, writeSync } from 'node:fs';
import { ReadStream } from 'node:tty';

/** A register that has no till, no disk and no rules: it writes what it is told to, and waits for so many bytes. */
export class BareRegister {
  readonly #fd: number;
  readonly #reader: ReadStream;
  #heard: number[] = [];
  #wanted = 0;
  #enough: (bytes: number[]) => void = () => {};

  constructor(path: string) {
    this.#fd = openSync(path, constants.O_RDWR | constants.O_NOCTTY | constants.O_NONBLOCK);
    this.#reader = new ReadStream(this.#fd);
    this.#reader.on('data', (bytes: Uint8Array) => {
      this.#heard.push(...bytes);
      this.#hand();
    });
  }

  write(bytes: Uint8Array): void {
    writeSync(this.#fd, bytes);
  }

  /** The next `count` bytes that the terminal sends. */
  read(count: number): Promise<number[]> {
    return new Promise((resolve) => {
      this.#wanted = count;
      this.#enough = resolve;
      this.#hand();
    });
  }

  close(): void {
    this.#reader.destroy();
    closeSync(this.#fd);
  }

  #hand(): void {
    if (this.#wanted === 0 || this.#heard.length < this.#wanted) return;
    const bytes = this.#heard.splice(0, this.#wanted);
    this.#wanted = 0;
    this.#enough(bytes);
  }
}
