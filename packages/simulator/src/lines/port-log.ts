import type { Line } from '@hipay-ecr/shared/concert/line.ts';
import type { PortListener } from './terminal-port.ts';

/** Remembers what a port told, and lets a test wait for it. */
export class PortLog implements PortListener {
  readonly heard: number[] = [];
  readonly closings: string[] = [];
  readonly lines: Line[] = [];
  #changed: () => void = () => {};

  opened(line: Line): void {
    this.lines.push(line);
    this.#changed();
  }

  bytes(bytes: Uint8Array): void {
    this.heard.push(...bytes);
    this.#changed();
  }

  closed(reason: string): void {
    this.closings.push(reason);
    this.#changed();
  }

  async until(condition: () => boolean): Promise<void> {
    while (!condition()) {
      await new Promise<void>((resolve) => {
        this.#changed = resolve;
      });
    }
  }
}
