/** What was opened, one after the other: it is closed in the reverse order, whichever way it comes to its end. */
export class Opened {
  readonly #closings: (() => void | Promise<void>)[] = [];

  /** To be closed before all that was opened earlier. */
  closeWith(close: () => void | Promise<void>): void {
    this.#closings.push(close);
  }

  /** What cannot be closed holds up nothing that was opened before it; the first such failure is thrown once the rest is closed. */
  async close(): Promise<void> {
    const failures: unknown[] = [];
    for (let close = this.#closings.pop(); close !== undefined; close = this.#closings.pop()) {
      try {
        await close();
      } catch (cause) {
        failures.push(cause);
      }
    }
    if (failures.length > 0) throw failures[0];
  }
}
