import type { Evidence, StationEvidence } from './evidence.ts';
import { SECRETS, TIMES } from './station-config.ts';
import type { Violation } from './violation.ts';

const GRACE_MS = 3_000;
/** A till waits for a timer or two more than the rule says. */
const SLACK_MS = 50;
/** Timers of one service that are set at once; a leak shows as hundreds. */
const MOST_TIMERS = 60;
/** The simulator's test card number, and how many of its digits in a row no masking leaves. */
const CARD_NUMBER = '4970101234567890';
const TELLING_DIGITS = 8;

/** I9: every request gets its answer in time, and nothing piles up. */
export function waitViolations({ history, stations }: Evidence): Violation[] {
  const mostMs = TIMES.paymentTimeoutMs + GRACE_MS + SLACK_MS;
  const answered = history.of('told', 'declined');
  const late = answered.filter(({ reached, waitedMs }) => reached && waitedMs > mostMs);
  const ended = new Set([...answered, ...history.of('hung_up', 'broken')].map(({ ring }) => `${ring.sale}/${ring.n}`));
  const forgotten = history.of('asked').filter(({ ring }) => !ended.has(`${ring.sale}/${ring.n}`));
  const piles = stations.filter(({ mostTimers }) => mostTimers > MOST_TIMERS);
  return [
    ...late.map(({ ring, waitedMs }) => `sale ${ring.sale}, ring ${ring.n}: answered after ${waitedMs} ms`),
    ...forgotten.map(({ ring }) => `sale ${ring.sale}, ring ${ring.n}: never answered`),
    ...piles.map(({ station, mostTimers }) => `station ${station}: ${mostTimers} timers at once`),
  ].map((what) => ({ invariant: 'I9', what }));
}

/** I15: what a person must look at is in health; and the journal reads as it was written. */
export function healthViolations({ stations }: Evidence): Violation[] {
  return stations.flatMap((station) => [
    ...[...countsThatDiffer(station), ...unnamed(station)].map(
      (what): Violation => ({ invariant: 'I15', what: `station ${station.station}: ${what}` }),
    ),
    ...station.damage.map((what): Violation => ({ invariant: 'I7', what: `station ${station.station}: ${what}` })),
  ]);
}

function countsThatDiffer({ payments, orphans, health }: StationEvidence): string[] {
  if (health === undefined) return ['there is no health'];
  const all = [...payments.values()];
  const counted = [
    {
      what: 'unknown payments',
      found: health.unknownPayments,
      expected: all.filter(({ state }) => state === 'unknown').length,
    },
    { what: 'alarms', found: health.journal.alarms, expected: all.filter(({ alarms }) => alarms.length > 0).length },
    {
      what: 'orphans that nobody has acknowledged',
      found: health.journal.orphans,
      expected: orphans.filter(({ acknowledged }) => acknowledged === undefined).length,
    },
    {
      what: 'parked registrations',
      found: health.outbox.parked,
      expected: all.filter(({ registration }) => registration.status === 'parked').length,
    },
  ];
  const sentences = counted.filter(({ expected }) => expected > 0).length;
  return [
    ...counted.flatMap(({ what, found, expected }) =>
      found === expected ? [] : [`health has ${found} ${what}, not ${expected}`],
    ),
    ...(health.problems.length < sentences
      ? [`health has ${health.problems.length} problems for ${sentences} reasons`]
      : []),
  ];
}

/** Each of them stands there by its own name. */
function unnamed({ payments, health }: StationEvidence): string[] {
  if (health === undefined) return [];
  const { unknown, alarms, parked } = health.attention;
  const isIn = (list: { paymentId: string }[], paymentId: string) => list.some((one) => one.paymentId === paymentId);
  return [...payments.values()].flatMap(({ paymentId, state, alarms: own, registration }) => [
    ...(state === 'unknown' && !isIn(unknown, paymentId) ? [`health does not name ${paymentId}, unknown`] : []),
    ...(own.length > 0 && !isIn(alarms, paymentId) ? [`health does not name ${paymentId}, with an alarm`] : []),
    ...(registration.status === 'parked' && !isIn(parked, paymentId)
      ? [`health does not name ${paymentId}, parked`]
      : []),
  ]);
}

/** I14: no card number and no secret in facts, traces, orphans, logs, answers, health, reports and what HiPay gets. */
export function secretViolations({ stations, history }: Evidence): Violation[] {
  const telling = Array.from({ length: CARD_NUMBER.length - TELLING_DIGITS + 1 }, (_, i) =>
    CARD_NUMBER.slice(i, i + TELLING_DIGITS),
  );
  const forbidden = [...telling, ...Object.values(SECRETS)];
  const posts = history.of('posted').map(({ order }) => order);
  return stations.flatMap(({ facts, orphans, log, health, days }) => {
    const texts = [...facts, ...orphans, ...days, ...posts, health ?? {}].map((one) => JSON.stringify(one));
    const bodies = history.of('told').map(({ body }) => JSON.stringify(body));
    const leak = [...texts, ...log, ...bodies].find((text) => forbidden.some((secret) => text.includes(secret)));
    return leak === undefined ? [] : [{ invariant: 'I14' as const, what: leak.slice(0, 4_000) }];
  });
}
