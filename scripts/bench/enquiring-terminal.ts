import type { Line } from '@hipay-ecr/shared/concert/line.ts';
import { openPtyPort } from '@hipay-ecr/simulator/lines/pty-port.ts';
import type { TerminalPort } from '@hipay-ecr/simulator/lines/terminal-port.ts';

const [ENQ, ACK, EOT] = [0x05, 0x06, 0x04];

/** A terminal that opens sessions, and says nothing in them. */
export class EnquiringTerminal {
  #line: Line | undefined;
  #port: TerminalPort | undefined;
  #heard: (byte: number) => void = () => {};

  static async open(): Promise<EnquiringTerminal> {
    const terminal = new EnquiringTerminal();
    terminal.#port = await openPtyPort(
      {},
      {
        opened(line) {
          terminal.#line = line;
        },
        bytes(bytes) {
          for (const byte of bytes) terminal.#heard(byte);
        },
        closed() {},
      },
    );
    return terminal;
  }

  get path(): string {
    return this.#port?.path ?? '';
  }

  /** From ENQ to ACK, in ms. */
  async enquire(): Promise<number> {
    const startMs = performance.now();
    await new Promise<void>((resolve) => {
      this.#heard = (byte) => {
        if (byte === ACK) resolve();
      };
      this.#line?.write(Uint8Array.of(ENQ));
    });
    const tookMs = performance.now() - startMs;
    this.#line?.write(Uint8Array.of(EOT));
    return tookMs;
  }

  async close(): Promise<void> {
    await this.#port?.close();
  }
}
