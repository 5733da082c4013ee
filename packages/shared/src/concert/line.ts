/** What a line tells the one who opened it. */
export interface LineListener {
  /** Bytes came, in order, cut anywhere. */
  bytes(bytes: Uint8Array): void;
  /** The line is gone (unplugged, connection ended); told once, nothing comes after it. */
  closed(reason: string): void;
}

/** An open two-way line of bytes: a serial port, a TCP connection, a pseudo-terminal, a wire in memory. */
export interface Line {
  /**
   * Sends bytes in order. `handedOver` is called once the operating system has taken them: what comes in before that
   * cannot be an answer to them. It is not `drain`: how long the wire takes is nobody's business here.
   */
  write(bytes: Uint8Array, handedOver?: () => void): void;
  /** Closes it; the listener hears nothing more. */
  close(): void;
}
