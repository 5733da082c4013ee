import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** While this file stands, always-up starts nothing; the next launch takes it away. */
function holdFile(dataFolder: string): string {
  return join(dataFolder, 'hold');
}

export function hold(dataFolder: string, sinceMs: number): void {
  writeFileSync(holdFile(dataFolder), `${new Date(sinceMs).toISOString()}\n`, { mode: 0o600 });
}

export function isHeld(dataFolder: string): boolean {
  return existsSync(holdFile(dataFolder));
}
