import { type LineFaults, noFaults } from './faulty-line.ts';
import type { Scenario } from './scenario.ts';

/** What a scenario does to the line, from its request on. */
export function faultsOf(scenario: Scenario): LineFaults {
  return {
    ...noFaults(),
    sevenBits: scenario.sevenBits === true,
    spoiltAnswers: scenario.spoilsChecksum ? 1 : 0,
    noise: scenario.noisy === true,
    splits: scenario.splits === true,
    unplugsAfterAnswer: scenario.unplug === 'after_answer',
  };
}
