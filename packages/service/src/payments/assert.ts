/** Something that only a bug can make false. It ends the program: going on would be guessing. */
export function assert(condition: boolean, what: string): asserts condition {
  if (!condition) throw new Error(`Bug: ${what}`);
}
