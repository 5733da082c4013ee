import { styleText } from 'node:util';
import { controlName, STX } from '@hipay-ecr/shared/concert/control.ts';
import { maskedData } from '@hipay-ecr/shared/concert/payment-reply.ts';
import { currencyAlpha, formatMinor } from '@hipay-ecr/shared/money.ts';
import type { Charge } from './ledger.ts';
import type { TerminalEvent } from './terminal-event.ts';

const TYPES = { '0': 'debit', '1': 'credit', '2': 'cancellation', '4': 'pre-authorisation' };

/** What happens on a terminal, as a sentence for people; undefined for what only the line's own log tells. */
export function narrate(event: TerminalEvent): string | undefined {
  switch (event.kind) {
    case 'line_opened':
      return styleText('dim', 'The line is open.');
    case 'line_closed':
      return styleText('yellow', `The line is gone: ${event.reason}.`);
    case 'cable_pulled':
      return styleText('yellow', 'The scenario pulls the cable.');
    case 'cable_back':
      return styleText('yellow', 'The scenario plugs the cable in again.');
    case 'presence_tested':
      return styleText('dim', 'The register has asked whether we are there.');
    case 'enquiry_ignored':
      return styleText(
        'yellow',
        event.why === 'payment'
          ? 'The register asks (ENQ) while a payment is open: not answered.'
          : 'The register asks (ENQ) while the scenario keeps us busy: not answered.',
      );
    case 'request_refused':
      return styleText('yellow', `A request came and got NAK: ${event.why}.`);
    case 'request_taken': {
      const { request, scenario, frameNumber } = event;
      const money = `${formatMinor(request.amountMinor)} ${currencyOf(request.currencyNumeric)}`;
      const forced = request.authorization === 'B011' ? ', authorisation forced' : '';
      return (
        `Request ${frameNumber}: ${styleText('bold', money)}, ${TYPES[request.type]}, ` +
        `POS ${request.posNumber}${forced}. Scenario '${scenario.name}': ${scenario.sentence}`
      );
    }
    case 'decided':
      return event.ending === 'approved'
        ? styleText('green', `Approved: ${moneyOf(event.charge)}, charge ${event.charge.chargeId}.`)
        : styleText('red', `${event.ending === 'refused' ? 'Refused' : 'Abandoned'}: nothing is taken.`);
    case 'answer_delivered':
      return styleText('green', 'The register has the answer.');
    case 'answer_withheld':
      return styleText('yellow', 'No answer is sent.');
    case 'answer_failed':
      return styleText('yellow', `The answer did not get through (${event.reason}, attempt ${event.attempt}).`);
    case 'owed_answer_brought':
      return styleText('yellow', `An answer given up before is brought after all: charge ${event.charge.chargeId}.`);
    case 'answer_dropped':
      return styleText('red', 'The answer is given up: the register will not hear of this payment.');
    case 'line':
      return undefined;
  }
}

/** The same as one line of JSON, the line's own log included. */
export function asJson(event: TerminalEvent, atMs: number): string {
  const at = new Date(atMs).toISOString();
  if (event.kind !== 'line') return JSON.stringify({ at, ...event });
  const { direction, text, bytes } = event.event;
  return JSON.stringify({ at, kind: 'line', direction, text: text ?? describeBytes(bytes ?? new Uint8Array()) });
}

/** Control bytes by name, a frame's data as text, without card numbers. */
function describeBytes(bytes: Uint8Array): string {
  if (bytes[0] === STX && bytes.length > 3) return `STX ${maskedData(bytes.subarray(1, -2))} ETX LRC`;
  return [...bytes].map((byte) => controlName(byte) ?? byte.toString(16).padStart(2, '0')).join(' ');
}

function moneyOf({ amountMinor, currency, type }: Charge): string {
  return `${formatMinor(amountMinor)} ${currencyOf(currency)} ${type === '1' ? 'given back' : 'taken'}`;
}

function currencyOf(numeric: string): string {
  return currencyAlpha(numeric) ?? `(currency ${numeric})`;
}
