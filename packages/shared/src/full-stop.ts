/** A text as a sentence ends: one that asks something, or has its full stop already, gets none. */
export function withFullStop(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
