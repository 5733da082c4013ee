import { ReadStream } from 'node:tty';
import { closePty, openPty, type Pty } from './open-pty.ts';
import { PtyWriter } from './pty-writer.ts';
import { pointLink, removeLink } from './stable-link.ts';
import type { PortListener, TerminalPort } from './terminal-port.ts';

export interface PtyPortSettings {
  /** A symbolic link to the device, which stays the same when the device is unplugged and plugged in again. */
  link?: string | undefined;
}

/** A terminal's serial port on this machine: a pseudo-terminal, which registers open like any serial port. */
export async function openPtyPort(settings: PtyPortSettings, listener: PortListener): Promise<TerminalPort> {
  const { link } = settings;
  let cable: Cable | undefined;
  let path = '';

  const plugIn = async () => {
    const pty = await openPty();
    path = pty.path;
    if (link !== undefined) {
      await pointLink(link, pty.path).catch((error: unknown) => {
        closePty(pty);
        throw error;
      });
    }
    cable = new Cable(pty, listener);
    listener.opened(cable);
  };
  const unplug = () => {
    cable?.close();
    cable = undefined;
    // Its number may be another pseudo-terminal's soon, and whoever looks for this one would open that.
    if (link !== undefined) removeLink(link, path);
  };
  await plugIn();

  return {
    get path() {
      return link ?? path;
    },
    unplug() {
      if (cable === undefined) return;
      unplug();
      listener.closed('the cable was pulled');
    },
    async replug() {
      if (cable === undefined) await plugIn();
    },
    async close() {
      unplug();
    },
  };
}

/** One plugging-in: our end of a pseudo-terminal. */
class Cable {
  readonly #pty: Pty;
  readonly #reader: ReadStream;
  readonly #writer: PtyWriter;
  #over = false;

  constructor(pty: Pty, listener: PortListener) {
    const fail = (error: Error) => {
      if (this.#over) return;
      this.close();
      listener.closed(error.message);
    };
    this.#pty = pty;
    this.#writer = new PtyWriter(pty.master, fail);
    this.#reader = new ReadStream(pty.master);
    this.#reader.on('data', (bytes: Uint8Array) => {
      if (!this.#over) listener.bytes(bytes);
    });
    this.#reader.on('error', fail);
  }

  write(bytes: Uint8Array, handedOver?: () => void): void {
    if (this.#over) return;
    this.#writer.write(bytes, () => {
      if (!this.#over) handedOver?.();
    });
  }

  /** Closing our end hangs up the other one: for the register this is the unplugging. */
  close(): void {
    if (this.#over) return;
    this.#over = true;
    this.#writer.stop();
    closePty(this.#pty, () => this.#reader.destroy());
  }
}
