import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { ReadStream } from 'node:tty';
import { closePty, openPty, type Pty } from './open-pty.ts';
import { PtyWriter } from './pty-writer.ts';
import { pointLink, removeLink } from './stable-link.ts';
import type { PortListener, TerminalPort } from './terminal-port.ts';

export interface PtyPortSettings {
  /**
   * A symbolic link to the device, which stays the same when the device is unplugged and plugged in again; a new one where
   * none is named. The number of a pseudo-terminal is free once that is closed, and the next program that opens one gets it:
   * a register that goes on looking for it by number would take the other one's terminal, and keep others out.
   */
  link?: string | undefined;
}

/** A terminal's serial port on this machine: a pseudo-terminal, which registers open like any serial port. */
export async function openPtyPort(settings: PtyPortSettings, listener: PortListener): Promise<TerminalPort> {
  const { link = join(mkdtempSync(join(tmpdir(), 'ecr-terminal-')), 'port') } = settings;
  let cable: Cable | undefined;
  let pluggingIn: Promise<void> | undefined;

  const plugIn = async () => {
    const pty = await openPty();
    await pointLink(link, pty.path).catch((error: unknown) => {
      closePty(pty);
      throw error;
    });
    cable = new Cable(pty, link, listener);
    listener.opened(cable);
  };
  const unplug = () => {
    cable?.close();
    cable = undefined;
  };
  const close = () => {
    unplug();
    if (settings.link === undefined) rmSync(dirname(link), { recursive: true, force: true });
  };
  await plugIn().catch((error: unknown) => {
    close();
    throw error;
  });

  return {
    get path() {
      return link;
    },
    unplug() {
      if (cable === undefined) return;
      unplug();
      listener.closed('the cable was pulled');
    },
    async replug() {
      if (cable !== undefined) return;
      pluggingIn ??= plugIn().finally(() => {
        pluggingIn = undefined;
      });
      await pluggingIn;
    },
    async close() {
      // Else its link would come after all was cleared away.
      await pluggingIn?.catch(() => {});
      close();
    },
  };
}

/** One plugging-in: our end of a pseudo-terminal. */
class Cable {
  readonly #pty: Pty;
  readonly #link: string;
  readonly #reader: ReadStream;
  readonly #writer: PtyWriter;
  #over = false;

  constructor(pty: Pty, link: string, listener: PortListener) {
    const fail = (error: Error) => {
      if (this.#over) return;
      this.close();
      listener.closed(error.message);
    };
    this.#pty = pty;
    this.#link = link;
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
    // Before its number is free: the register is another process, and may look at any moment.
    removeLink(this.#link, this.#pty.path);
    closePty(this.#pty, () => this.#reader.destroy());
  }
}
