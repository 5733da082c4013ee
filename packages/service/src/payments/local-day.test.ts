import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import { localDay } from './local-day.ts';

const HOUR_MS = 3600_000;

/** A day as a machine of that time zone has it: only a new process takes a time zone for good. */
function dayIn(timeZone: string, date: string): { fromMs: number; toMs: number } | undefined {
  const file = JSON.stringify(fileURLToPath(new URL('local-day.ts', import.meta.url)));
  const script = `const { localDay } = await import(${file}); console.log(JSON.stringify(localDay('${date}') ?? null))`;
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
    env: { ...process.env, TZ: timeZone },
    encoding: 'utf8',
  });
  if (stdout === '') throw new Error(stderr);
  return JSON.parse(stdout) ?? undefined;
}

describe('a local day', () => {
  test.each([
    ['an ordinary one', 'Europe/Paris', '2026-01-05', '2026-01-04T23:00:00.000Z', 24],
    ['the clock is put on', 'Europe/Paris', '2026-03-29', '2026-03-28T23:00:00.000Z', 23],
    ['the clock is put back', 'Europe/Paris', '2026-10-25', '2026-10-24T22:00:00.000Z', 25],
    ['its midnight does not exist', 'America/Asuncion', '2023-10-01', '2023-10-01T04:00:00.000Z', 23],
    ['far away', 'Indian/Reunion', '2026-10-25', '2026-10-24T20:00:00.000Z', 24],
  ])('%s', (_what, timeZone, date, begins, hours) => {
    const day = dayIn(timeZone, date);
    expect(new Date(day?.fromMs ?? 0).toISOString()).toBe(begins);
    expect(((day?.toMs ?? 0) - (day?.fromMs ?? 0)) / HOUR_MS).toBe(hours);
  });

  test('each day ends where the next one begins', () => {
    for (let day = 1; day < 365; day += 1) {
      const [date, next] = [new Date(2026, 0, day), new Date(2026, 0, day + 1)].map(spelt);
      expect(localDay(date ?? '')?.toMs).toBe(localDay(next ?? '')?.fromMs);
    }
  });

  test.each(['2026-02-29', '2026-13-01', '2026-1-5', 'today', '', '2026-00-10'])('%s is none', (date) => {
    expect(localDay(date)).toBeUndefined();
  });
});

function spelt(date: Date): string {
  const two = (value: number) => String(value).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}
