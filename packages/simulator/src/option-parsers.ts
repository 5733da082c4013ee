import { InvalidArgumentError } from 'commander';
import { isScenarioName, type ScenarioName, scenarios } from './terminal/scenario.ts';

/** The program was called in a way that cannot work. */
export class WrongUse extends Error {}

export const baudRates = [1200, 2400, 4800, 9600, 19_200, 38_400, 57_600, 115_200];

/** Reads an option that is a whole number within limits; commander puts the option's name before the message. */
export function wholeNumber(least: number, most: number): (text: string) => number {
  return (text) => {
    const number = Number(text);
    if (/^\d+$/.test(text) && number >= least && number <= most) return number;
    throw new InvalidArgumentError(`A whole number from ${least} to ${most} is expected.`);
  };
}

export function baudRate(text: string): number {
  const rate = Number(text);
  if (baudRates.includes(rate)) return rate;
  throw new InvalidArgumentError(`One of ${baudRates.join(', ')} is expected.`);
}

export function scenarioName(text: string): ScenarioName {
  if (isScenarioName(text)) return text;
  throw new InvalidArgumentError(`One of ${scenarios.map(({ name }) => name).join(', ')} is expected.`);
}
