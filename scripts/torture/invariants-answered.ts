import { ACK, ENQ } from '@hipay-ecr/shared/concert/control.ts';
import type { Evidence } from './evidence.ts';
import type { Happened } from './history.ts';
import type { Violation } from './violation.ts';

/** An ENQ after so long a silence belongs to nothing that went before: no session, no wait for an EOT is older. */
const QUIET_MS = 3_500;
const ACKNOWLEDGED_MS = 500;
/** For so long the same bytes that belong to nobody are one answer that comes again (rule 5). */
const REPEATED_MS = 15 * 60_000;
const SOUNDS: readonly string[] = ['heard', 'crashed', 'stopped', 'cut', 'started', 'plugged'];

/** I11, by the run's own clock: an ENQ out of silence is acknowledged, whatever the service is at. */
export function enquiryViolations({ history, stations }: Evidence): Violation[] {
  return stations.flatMap(({ station }) => {
    const events = history.events.filter((event) => event.station === station);
    return quietEnquiries(events).flatMap(({ atMs }): Violation[] => {
      const untilMs = atMs + ACKNOWLEDGED_MS;
      const written = events.filter((one) => one.kind === 'wrote' && one.atMs >= atMs && one.atMs <= untilMs);
      if (written.some((one) => one.kind === 'wrote' && one.bytes[0] === ACK)) return [];
      return [{ invariant: 'I11', what: `the terminal's ENQ at ${atMs} ms gets no ACK` }];
    });
  });
}

/** Nothing was heard for a while before it, and nothing happens to the line or the service soon after it. */
export function quietEnquiries(events: readonly Happened[]): Happened[] {
  const sounds = events.filter(({ kind }) => SOUNDS.includes(kind));
  return sounds.filter((event, i) => {
    const [before, after] = [sounds[i - 1], sounds[i + 1]];
    if (event.kind !== 'heard' || event.bytes.length !== 1 || event.bytes[0] !== ENQ) return false;
    const isQuiet = before?.kind === 'heard' && event.atMs - before.atMs >= QUIET_MS;
    const isAlone = after === undefined || after.atMs - event.atMs >= ACKNOWLEDGED_MS;
    return isQuiet && isAlone && !isKeeping(event.atMs, events);
  });
}

/** An answer that was sent and has no ACK yet may be on its way to the disk: silence is the right answer then (rule 7). */
function isKeeping(atMs: number, events: readonly Happened[]): boolean {
  const last = events.findLast(
    (event) => event.atMs <= atMs && (event.kind === 'answering' || event.kind === 'acknowledged'),
  );
  return last?.kind === 'answering';
}

/** I6: the ACK of an answer follows a fact that was written after this answer was first sent, not one that only looks the same. */
export function acknowledgementViolations({ history, stations }: Evidence): Violation[] {
  const kept = history.of('committed').filter(({ bytesMasked }) => bytesMasked !== undefined);
  return history.of('acknowledged').flatMap((ack): Violation[] => {
    const { station, bytesMasked, atMs } = ack;
    const isOfIt = (event: { station: number; bytesMasked?: string | undefined; atMs: number }) =>
      event.station === station && event.bytesMasked === bytesMasked && event.atMs <= atMs;
    const sent = history.of('answering').filter(isOfIt);
    const chargeId = sent.at(-1)?.chargeId;
    const firstMs = sent.find((one) => one.chargeId === chargeId)?.atMs;
    if (firstMs === undefined) return [];
    // Nothing tells an answer that says the same as one before from a repetition, unless it is about the last request.
    const owner = stations[station]?.charges.find((one) => one.charge.chargeId === chargeId)?.paymentId;
    const last = history.of('frame_taken').findLast((one) => one.station === station && one.atMs <= atMs);
    // What was brought of an earlier charge in the same words, once this frame was out, has been written as nobody's (rule 5).
    const brought = history.of('answering').find((one) => isOfIt(one) && one.atMs >= (last?.atMs ?? firstMs));
    const sinceMs = owner === last?.paymentId ? Math.min(firstMs, brought?.atMs ?? firstMs) : firstMs - REPEATED_MS;
    // The end of a process may have kept what nobody heard to be written: as this payment's, or as nobody's.
    const isFound = history
      .of('answer_found')
      .some((one) => isOfIt(one) && one.writtenMs >= sinceMs && (one.paymentId ?? owner) === owner);
    const isKept = isFound || kept.some((one) => isOfIt(one) && one.atMs >= sinceMs);
    if (isKept) return [];
    return [{ invariant: 'I6', what: `charge ${chargeId} has the ACK of its answer, and no fact was written for it` }];
  });
}
