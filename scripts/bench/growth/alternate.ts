import { median } from '../figures.ts';

/** The same thing measured both ways, in turns, so that a machine that slows down does so for both. */
export interface Compared {
  plainMs: number;
  grownMs: number;
  ratio: number;
}

/** Medians of `times` measurements of each; the first of each is not counted. */
export async function alternate(
  times: number,
  plain: (n: number) => Promise<number>,
  grown: (n: number) => Promise<number>,
): Promise<Compared> {
  const tookPlain: number[] = [];
  const tookGrown: number[] = [];
  for (let n = 0; n <= times; n++) {
    const one = await plain(n);
    const other = await grown(n);
    if (n === 0) continue;
    tookPlain.push(one);
    tookGrown.push(other);
  }
  const [plainMs, grownMs] = [median(tookPlain), median(tookGrown)];
  return { plainMs, grownMs, ratio: grownMs / plainMs };
}
