import { scenarioForAmount, scenarioNamed, scenarios } from './scenario.ts';

test('the amounts are 100.01 and on, each once, without a gap; only the usual payment has none', () => {
  const amounts = scenarios.map(({ amountMinor }) => amountMinor);
  expect(amounts).toEqual([undefined, ...Array.from({ length: scenarios.length - 1 }, (_, n) => 10_001 + n)]);
});

test('each has a name of its own and a sentence', () => {
  expect(new Set(scenarios.map(({ name }) => name)).size).toBe(scenarios.length);
  for (const { sentence } of scenarios) expect(sentence).toMatch(/^[A-Z].*\.$/);
});

test.each(scenarios)('$name is found by its name and its amount', (scenario) => {
  expect(scenarioNamed(scenario.name)).toBe(scenario);
  expect(scenarioForAmount(scenario.amountMinor ?? 1_250)).toBe(scenario);
});

test.each([1, 100, 10_000, 10_019, 1_000_100, 99_999_999])('%d is approved by contact', (amountMinor) => {
  expect(scenarioForAmount(amountMinor).name).toBe('approve');
});
