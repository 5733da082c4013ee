export const logLimits = {
  /** Longest line; what is longer is cut, and says so. */
  lineCharacters: 8_192,
  /** Lines that nobody has put into words yet; and so many are at a time, so that the line to the terminal is never kept waiting (rule 17). */
  notedLines: 10_000,
  linesAtOnce: 10,
  /** What waits to be written, for each place, while a disk (or a reader of the console) is slow. */
  waitingCharacters: 1_048_576,
  /** When writing is tried again after it failed. */
  againMs: 5_000,
  /** When a console that is full is tried again. */
  consoleAgainMs: 50,
  /** How long the end of the program waits for what is not written yet. */
  closeMs: 2_000,
  /** One file, and all of them. */
  fileBytes: 10_000_000,
  allBytes: 100_000_000,
  /** How often it is looked for files that are too old. */
  tidyMs: 3_600_000,
} as const;
