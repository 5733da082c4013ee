/** What a program reads: the answer as it is. */
export function json(body: unknown): string {
  return JSON.stringify(body, null, 2);
}
