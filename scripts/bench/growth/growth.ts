import type { EnquiryCost } from '../enquiry-cost.ts';
import { median } from '../figures.ts';
import { gatewayUrl } from '../rig.ts';
import type { Compared } from './alternate.ts';
import { answerCosts } from './answer-costs.ts';
import { makeFolder, removeFolder } from './data-folder.ts';
import { besideBigJournal, besideOutbox, besideSlowDisk } from './line-under-load.ts';
import { madeUpPayments } from './made-up-payments.ts';
import { PaymentGrowth } from './payment-growth.ts';
import { killCost, startCost } from './start-cost.ts';
import { waitingCost } from './waiting-cost.ts';

const PAYMENTS = 1_000_000;
const KILLS = 20;
const ms = (value: number): string => `${value.toFixed(2)} ms`;

/** What a journal of a million payments costs, and a thousand registrations that wait: as ratios, both sides measured in turns. */
export async function printGrowth(): Promise<void> {
  const startMs = performance.now();
  const empty = await makeFolder([]);
  const grown = await makeFolder(madeUpPayments(PAYMENTS, gatewayUrl(9)));
  const filledS = ((performance.now() - startMs) / 1000).toFixed(0);
  console.log(
    `A journal of ${PAYMENTS.toLocaleString('en')} payments of 400 days against an empty one (filled in ${filledS} s):`,
  );
  try {
    await printJournal({ empty, grown });
    await printLine(grown);
  } finally {
    for (const folder of [empty, grown]) await removeFolder(folder);
  }
}

async function printJournal(folders: { empty: string; grown: string }): Promise<void> {
  ratio('start to first answer', await startCost(6, folders));
  await printPayments(folders);
  ratio('the same, 1,000 waiting, HiPay away', await waitingCost(60, 'away'));
  ratio('the same, 1,000 waiting, HiPay slow', await waitingCost(60, 'slow'));
  const killed = await killCost(KILLS, folders.grown);
  console.log(
    `  ${'SIGKILL in a payment to first answer'.padEnd(36)} median ${ms(median(killed))}, the slowest of ${KILLS} ${ms(Math.max(...killed))}   (aim: at most 1 s)`,
  );
  for (const [path, tookMs] of await answerCosts(folders.grown)) console.log(`  ${path.padEnd(36)} ${ms(tookMs)}`);
}

async function printPayments(folders: { empty: string; grown: string }): Promise<void> {
  const payments = await PaymentGrowth.start(folders);
  try {
    const startMs = performance.now();
    ratio('a payment while it is read through', await payments.measure(200, 'anew'));
    ratio('the same, its number used 400 times', await payments.measure(200, 'as ever'));
    await payments.readThrough;
    console.log(`  it has been read through${' '.repeat(13)}${((performance.now() - startMs) / 1000).toFixed(0)} s`);
    ratio("a payment, HiPay's share apart", await payments.measure(200, 'anew'));
    ratio('the same, its number used 400 times', await payments.measure(200, 'as ever'));
  } finally {
    await payments.stop();
  }
}

async function printLine(grown: string): Promise<void> {
  console.log('\nENQ to ACK meanwhile (aim: 99 of 100 within 5 ms, none over 500 ms):');
  const outbox = besideOutbox();
  enquiries('1,000 registrations going out', await outbox.flushing);
  const { verifying, reporting } = await besideBigJournal(grown, 8_000);
  enquiries('1,000,000 payments being verified', verifying);
  enquiries('reports of their days, one after another', reporting);
  enquiries('the log moved into its file', await outbox.maintaining);
  const slow = await besideSlowDisk(8_000);
  if (slow !== undefined) enquiries('a disk that takes 100 ms for a sync', slow);
}

function ratio(what: string, { plainMs, grownMs, ratio }: Compared): void {
  console.log(`  ${what.padEnd(36)} ${ms(grownMs)} : ${ms(plainMs)}   ratio ${ratio.toFixed(3)}   (aim: at most 1.1)`);
}

function enquiries(what: string, { medianMs, p99Ms, worstMs }: EnquiryCost): void {
  console.log(`  ${what.padEnd(42)} median ${ms(medianMs)}, 99 of 100 within ${ms(p99Ms)}, worst ${ms(worstMs)}`);
}
