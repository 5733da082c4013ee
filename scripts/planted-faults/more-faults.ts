import type { PlantedFault } from './faults.ts';

const SERVICE = 'packages/service/src';

function torture(name: string, file: string, from: string, to: string): PlantedFault {
  return { name, catcher: { kind: 'torture' }, changes: [{ file, from, to }] };
}

/** One more mistake for each invariant that the others do not put to the test. */
export const moreFaults: PlantedFault[] = [
  torture(
    'I1: an orphan is dropped',
    `${SERVICE}/payments/receive-answer.ts`,
    '  await journal.appendOrphan({ bytesMasked: answer.bytesMasked, why, device: answer.device });\n',
    '',
  ),
  torture(
    'I3: an old approval is given again',
    `${SERVICE}/payments/repetition.ts`,
    'return isWithin(ageOf(payment, ages), rules.repeatWindowMs)\n',
    'return payment.state !== undefined\n',
  ),
  torture(
    'I4: a refusal by a person is taken unasked',
    `${SERVICE}/payments/resolve-payment.ts`,
    'if (!terminal.done) return',
    'if (terminal === undefined) return',
  ),
  torture(
    'I5: all that HiPay declines is parked',
    `${SERVICE}/payments/retry-policy.ts`,
    'const VALIDATION = /^101\\d{4}$/;',
    'const VALIDATION = /^[14]0\\d{5}$/;',
  ),
  torture(
    'I5: registered on the other contract',
    `${SERVICE}/payments/choose-contract.ts`,
    'contract.paymentApplication === paymentApplication)',
    'contract.paymentApplication !== paymentApplication)',
  ),
  torture(
    'I6: told before the commit',
    `${SERVICE}/payments/receive-answer.ts`,
    '  const registering = payment.state',
    '  running.changed(expected);\n  const registering = payment.state',
  ),
  torture(
    'I6: another amount goes out than was written down',
    `${SERVICE}/payments/ask-terminal.ts`,
    '    amountMinor: order.amountMinor,\n    currency',
    '    amountMinor: order.amountMinor + 1,\n    currency',
  ),
  torture(
    'I8: the frame needs no new ENQ',
    'packages/shared/src/concert/link-sending.ts',
    "  if (phase.at === 'holding') sendFrame(turn, decided, 1);\n",
    "  if (phase.at === 'holding' || phase.at === 'idle') sendFrame(turn, decided, 1);\n",
  ),
  torture(
    'I8: the keep-alive disturbs a payment in doubt',
    `${SERVICE}/engine.ts`,
    'mayProbe: () => !desk.busy && !inDoubt.isYoung(),',
    'mayProbe: () => !desk.busy,',
  ),
  torture(
    'I9: a till waits for as long as the disk looks its order up',
    `${SERVICE}/payments/look-up-order.ts`,
    'await before(latestMs, lookUp(order, rooms), rooms.clock)',
    'await lookUp(order, rooms)',
  ),
  torture(
    'I9: a till waits for as long as the disk writes that nothing was sent',
    `${SERVICE}/payments/opening-record.ts`,
    'await before(latestMs, recording, clock)',
    'await recording',
  ),
  torture(
    'I9: a till waits for as long as its request is being sent',
    `${SERVICE}/payments/ask-terminal.ts`,
    'await before(deadlineMs + centreLimits.sessionGraceMs, sending, clock);\n    if',
    'await sending;\n    if',
  ),
  torture(
    'I4: what is still being sent counts as not sent',
    `${SERVICE}/payments/ask-terminal.ts`,
    'return isMaybeOut ? STILL_GOING : NOT_ASKED;',
    'return NOT_ASKED;',
  ),
  torture(
    'I6: what nobody waits for is sent again',
    `${SERVICE}/payments/ask-terminal.ts`,
    '    terminal.sendNoMore();\n',
    '',
  ),
  torture(
    'I4: nothing is written of a 1107 that a till heard',
    `${SERVICE}/payments/opening-record.ts`,
    'ends, told: true }',
    'ends, told: false }',
  ),
  torture(
    'I6: what was kept before the last request is a repetition',
    `${SERVICE}/payments/match-answer.ts`,
    'Math.max(nowMs - centreLimits.repeatedAnswerMs, askedAtMs + 1)',
    'nowMs - centreLimits.repeatedAnswerMs',
  ),
  torture(
    'I10: an answer that comes again is written again',
    `${SERVICE}/payments/match-answer.ts`,
    "return isKept(answer, named) ? { kind: 'repeat' } : matched(named, 'token');",
    "return matched(named, 'token');",
  ),
  torture(
    'I10: whatever has no token answers the last request',
    `${SERVICE}/payments/match-answer.ts`,
    'return amountFits && isAddressedTo(',
    'return isAddressedTo(',
  ),
  torture(
    'I12: the report passes over what the till was not told',
    `${SERVICE}/payments/report-difference.ts`,
    'if (toldAtMs === undefined) {',
    'if (toldAtMs === 0) {',
  ),
  torture(
    'I12: what was told is taken for what stands',
    `${SERVICE}/payments/close-payment.ts`,
    "{ kind: 'told', outcome: state }",
    "{ kind: 'told' }",
  ),
  torture(
    'I14: a card number in the trace',
    'packages/shared/src/concert/trace.ts',
    'decodePaymentRequest(data) === null ? maskedData(data, isIntact) : toText(data)',
    'decodePaymentRequest(data) === null && !isIntact ? maskedData(data, isIntact) : toText(data)',
  ),
  torture('I15: health keeps quiet about alarms', `${SERVICE}/health.ts`, 'alarms: known?.alarms ?? 0,', 'alarms: 0,'),
  torture(
    'I16: a damaged frame gets ACK',
    'packages/shared/src/concert/link-receiving.ts',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: it is source text.
    'note(turn, `damaged: ${token.why}`);\n      return drop(turn, phase.session);',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: it is source text.
    'note(turn, `damaged: ${token.why}`);\n      return accept(turn, phase.session);',
  ),
];
