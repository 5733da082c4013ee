import type { Language } from './error-code.ts';

/** Day and time of the local clock, as people write them: 2026-01-05 and 14:32, in French 05/01/2026 and 14:32. */
export function formatTime(ms: number, language: Language): { day: string; time: string } {
  const date = new Date(ms);
  const year = String(date.getFullYear());
  const month = two(date.getMonth() + 1);
  const day = two(date.getDate());
  return {
    day: language === 'fr' ? `${day}/${month}/${year}` : `${year}-${month}-${day}`,
    time: `${two(date.getHours())}:${two(date.getMinutes())}`,
  };
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}
