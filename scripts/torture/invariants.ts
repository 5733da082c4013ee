import type { Evidence } from './evidence.ts';
import { acknowledgementViolations, enquiryViolations } from './invariants-answered.ts';
import { chargeViolations } from './invariants-charges.ts';
import { parkedViolations, postViolations } from './invariants-hipay.ts';
import { healthViolations, secretViolations, waitViolations } from './invariants-house.ts';
import { answerViolations, frameViolations } from './invariants-line.ts';
import { gatewayViolations, successViolations, totalViolations } from './invariants-money.ts';
import { repetitionViolations } from './invariants-repetition.ts';
import { keyViolations, replayViolations } from './invariants-replay.ts';
import { reportViolations } from './invariants-report.ts';
import type { Violation } from './violation.ts';

/** Every invariant that this run has broken: those seen as it happened, then those of the books at its end. */
export function violationsOf(evidence: Evidence): Violation[] {
  const live = evidence.history.of('breach').map(({ violation }) => violation);
  const judges = [
    chargeViolations,
    repetitionViolations,
    replayViolations,
    keyViolations,
    successViolations,
    gatewayViolations,
    totalViolations,
    answerViolations,
    frameViolations,
    acknowledgementViolations,
    enquiryViolations,
    waitViolations,
    healthViolations,
    secretViolations,
    postViolations,
    parkedViolations,
    reportViolations,
  ];
  return [...live, ...judges.flatMap((judge) => judge(evidence))];
}
