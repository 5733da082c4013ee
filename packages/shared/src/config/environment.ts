/** Variables by name; the two passwords are looked for in it. */
export type Environment = Record<string, string | undefined>;
