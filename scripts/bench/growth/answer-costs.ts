import { median } from '../figures.ts';
import { Rig } from '../rig.ts';

const DAY_MS = 24 * 3600_000;
const TIMES = 7;

/** How long long questions take over a big journal, in ms; the first of each is not counted. */
export async function answerCosts(folder: string): Promise<[path: string, tookMs: number][]> {
  const rig = await Rig.start({ folder });
  const date = new Date(Date.now() - 100 * DAY_MS).toISOString().slice(0, 10);
  const paths = ['/health', '/payments', '/payments?order_id=17', '/payments?outcome=refused', `/report?date=${date}`];
  try {
    const costs: [string, number][] = [];
    for (const path of paths) {
      const took: number[] = [];
      for (let n = 0; n <= TIMES; n++) took.push(await rig.drain(path));
      costs.push([`GET ${path}`, median(took.slice(1))]);
    }
    return costs;
  } finally {
    await rig.stop();
  }
}
