import { controlName, EOT, STX } from '@hipay-ecr/shared/concert/control.ts';
import { sameBytes } from '@hipay-ecr/shared/concert/frame.ts';
import { fold } from '../../packages/service/src/payments/fold.ts';
import type { Evidence, StationEvidence } from './evidence.ts';
import type { Happened, HappenedOf, History } from './history.ts';
import { TIMES } from './station-config.ts';

// How often what makeRare is for has come true.

/** C1: a debit of 10.00 EUR, of POS 01, without a private field. As it is written down, not as we would encode it. */
const SPECIMEN = Buffer.from('\x020100001000010978          A010B010\x03\x07', 'latin1');

export function coverageOfRarities({ history, stations }: Evidence): [what: string, times: number][] {
  const stale = history.of('answering').map((one) => staleAt(one, history, stations));
  const requests = history.of('wrote').filter(({ bytes }) => bytes[0] === STX);
  return [
    ['I9: told while its request is being sent', told(history).filter((one) => isBeingSent(one, history)).length],
    ['I9: told that nothing was sent, as it was too late', told(history).filter(isTooLate).length],
    ['terminal: repeats what was kept, as another sale opens', stale.filter((at) => at === 'opening').length],
    ['terminal: repeats what was kept, to another request', stale.filter((at) => at === 'out').length],
    ['line: the specimen C1', requests.filter(({ bytes }) => sameBytes(bytes, SPECIMEN)).length],
    [
      'line: a checksum that looks like a control',
      requests.filter(({ bytes }) => controlName(bytes.at(-1) ?? 0) !== undefined).length,
    ],
    ['I4: 1107 told, and approved before that is written', stations.flatMap(toldUnwrittenFirst).length],
  ];
}

/** At or past the deadline. */
function told(history: History): HappenedOf<'told'>[] {
  return history.of('told').filter(({ waitedMs, reached }) => reached && waitedMs >= TIMES.paymentTimeoutMs);
}

/** Our EOT ends what our frame began. */
function isBeingSent(one: HappenedOf<'told'>, { events }: History): boolean {
  const { station, payment } = one;
  const before = events.slice(0, events.indexOf(one)).filter((event) => event.station === station);
  const out = before.findLastIndex((event) => event.kind === 'frame_out' && event.paymentId === payment.paymentId);
  return out !== -1 && !before.slice(out).some((event) => isEnd(event));
}

function isEnd(event: Happened): boolean {
  if (event.kind === 'wrote') return event.bytes[0] === EOT;
  return event.kind === 'crashed' || event.kind === 'stopped' || event.kind === 'cut';
}

function isTooLate({ payment }: HappenedOf<'told'>): boolean {
  return payment.state === 'not_sent';
}

/** The terminal gives an answer once more that is on disk already: before another payment's request is out, or after that. */
function staleAt(
  answer: HappenedOf<'answering'>,
  { events }: History,
  stations: StationEvidence[],
): 'opening' | 'out' | undefined {
  const { station, chargeId, bytesMasked } = answer;
  const before = events.slice(0, events.indexOf(answer)).filter((event) => event.station === station);
  const first = before.findIndex((event) => event.kind === 'answering' && event.chargeId === chargeId);
  const since = before.slice(Math.max(0, first));
  const isKept = since.some((event) => event.kind === 'committed' && event.bytesMasked === bytesMasked);
  if (first === -1 || !isKept) return undefined;
  const owner = stations[station]?.charges.find(({ charge }) => charge.chargeId === chargeId)?.paymentId;
  const out = since.findLast((event) => event.kind === 'frame_out');
  if (out !== undefined && out.kind === 'frame_out' && out.paymentId !== owner) {
    const isTold = since.some((event) => event.kind === 'told' && event.payment.paymentId === out.paymentId);
    return isTold ? undefined : 'out';
  }
  const asked = before.filter(({ kind }) => kind === 'asked').length;
  const ended = before.filter(({ kind }) => ['told', 'declined', 'hung_up', 'broken'].includes(kind)).length;
  return asked > ended ? 'opening' : undefined;
}

/** The fact that a till heard that nothing was sent stands behind the approval. */
function toldUnwrittenFirst({ facts }: StationEvidence) {
  return facts.filter((fact, i) => {
    if (fact.kind !== 'told' || fact.outcome !== 'not_sent') return false;
    return fold(facts.slice(0, i).filter(({ paymentId }) => paymentId === fact.paymentId))?.state === 'approved';
  });
}
