import type { TransferOutcome } from '@hipay-ecr/shared/concert/link-types.ts';
import type { RequestOutcome } from '../payments/ports.ts';

/** A terminal that still shows an earlier amount does not acknowledge ENQ (OCA/pos issue 550), like one that is not set up. */
export const DOES_NOT_ANSWER =
  'the terminal does not answer: press the red key on the terminal, check the cable and the cash-register connection in its menu';

/** What became of a request, for people. `lineProblem`: why the line is gone, where it is. */
export function requestOutcome(outcome: TransferOutcome, lineProblem: string): RequestOutcome {
  if (outcome.delivered) return outcome;
  if (outcome.reached === 'maybe') return { delivered: false, reached: 'maybe', detail: inDoubt(outcome, lineProblem) };
  const no = { delivered: false, reached: 'no' } as const;
  switch (outcome.reason) {
    case 'silent':
      return { ...no, reason: 'silent', detail: DOES_NOT_ANSWER };
    case 'busy':
      return {
        ...no,
        reason: 'busy',
        detail: 'the terminal is busy: press the red key on the terminal, and ask again once it shows its idle screen',
      };
    case 'collisions':
      return {
        ...no,
        reason: 'busy',
        detail: 'the terminal kept sending something itself: press the red key on the terminal, then ask again',
      };
    case 'cancelled':
      return { ...no, reason: 'cancelled', detail: 'the request was given up before it was sent' };
    case 'closed':
      return { ...no, reason: 'absent', detail: `the line was lost before the request was sent: ${lineProblem}` };
    default:
      return {
        ...no,
        reason: 'refused',
        detail:
          'this device does not speak Concert E+ or the line format is wrong: it answers, but refused the request three ' +
          'times; check which device serial_port names, and baudRate, dataBits and parity',
      };
  }
}

function inDoubt(outcome: Extract<TransferOutcome, { delivered: false }>, lineProblem: string): string {
  if (outcome.reason === 'closed') return `the line was lost while the request was under way: ${lineProblem}`;
  return 'the request was sent, and the terminal did not confirm it: look at its screen';
}
