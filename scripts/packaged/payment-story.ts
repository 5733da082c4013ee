import { readFile } from 'node:fs/promises';
import type { Checks } from './checks.ts';
import type { Till } from './till.ts';
import { until } from './until.ts';

/** An installed connector with a simulated terminal on its serial port. */
export interface Station {
  till: Till;
  /** Each charge that the terminal has made, as a line of JSON. */
  ledgerFile: string;
  /** What the terminal has told so far. */
  terminalSaid(): readonly string[];
  unplug(): Promise<void>;
  plugIn(): Promise<void>;
  /** Ends the service's process at once, as a power cut would. */
  kill(): Promise<void>;
  /** Comes back once something has started it again. */
  revived(): Promise<void>;
}

/** What a till goes through: a payment, a cable that is pulled, a service that dies while a customer pays. */
export async function paymentStory(checks: Checks, station: Station): Promise<void> {
  await pays(checks, station);
  await isUnplugged(checks, station);
  await dies(checks, station);
}

async function pays(checks: Checks, { till, ledgerFile }: Station): Promise<void> {
  const answer = await till.pay('10.23', 'A-1');
  checks.check('a card is paid', answer?.paymentStatus === 'SUCCESS' && answer.amount === '10.23', answer);
  checks.check('HiPay has been told', answer?.notificationHipaySent === true, answer);
  const again = await till.pay('10.23', 'A-1');
  checks.check('the same order asked again gets the same result', again?.replayed === true, again);
  checks.check('the terminal has charged once', (await chargesIn(ledgerFile)) === 1);
}

async function isUnplugged(checks: Checks, station: Station): Promise<void> {
  const { till, ledgerFile } = station;
  await station.unplug();
  await until('the missing terminal is noticed', async () => ((await isThere(till)) ? undefined : true));
  checks.check('a cable that is pulled is noticed', true);
  const answer = await till.pay('5.00', 'A-2');
  checks.check('without a terminal the till is told that nothing was sent', answer?.outcome === 'not_sent', answer);
  await station.plugIn();
  await until('the terminal is found again', async () => ((await isThere(till)) ? true : undefined));
  const paid = await till.pay('5.00', 'A-2');
  checks.check('plugged in again it is found, and the same order is paid', paid?.outcome === 'approved', paid);
  checks.check('the terminal has charged twice', (await chargesIn(ledgerFile)) === 2);
}

async function dies(checks: Checks, station: Station): Promise<void> {
  const { till, ledgerFile } = station;
  const told = station.terminalSaid().length;
  const lost = till.pay('7.77', 'A-3');
  await until('the terminal has the amount', () =>
    station.terminalSaid().slice(told).join('\n').includes('7.77') ? true : undefined,
  );
  await station.kill();
  checks.check('the service dies while the customer pays; the till loses its connection', (await lost) === undefined);
  await station.revived();
  await until('the service serves again', () => till.get('/version'));
  const answer = await till.pay('7.77', 'A-3');
  checks.check(
    'the service is back, and the same order has the terminal’s answer',
    answer?.outcome === 'approved',
    answer,
  );
  checks.check('the terminal has charged three times, each order once', (await chargesIn(ledgerFile)) === 3);
  const health = await till.get('/health');
  checks.check('no payment is in doubt', health?.unknownPayments === 0, health);
}

/** Whether the service says that the terminal is there. */
export async function isThere(till: Till): Promise<boolean> {
  return ['open', 'connected'].includes((await terminalOf(till))?.state ?? '');
}

/** What health says of the terminal. */
export async function terminalOf(till: Till): Promise<{ state: string; detail?: string } | undefined> {
  const health = (await till.get('/health')) as { terminal?: { state: string; detail?: string } } | undefined;
  return health?.terminal;
}

/** How many the terminal has made: one whose answer was acknowledged stands in its ledger twice. */
export async function chargesIn(file: string): Promise<number> {
  const lines = (await readFile(file, 'utf8')).split('\n').filter((line) => line !== '');
  return new Set(lines.map((line) => (JSON.parse(line) as { chargeId: string }).chargeId)).size;
}
