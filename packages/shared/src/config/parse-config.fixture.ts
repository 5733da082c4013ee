import type { Config } from './config.ts';
import type { Environment } from './environment.ts';
import { type ConfigProblem, describeProblem, parseConfig } from './parse-config.ts';

/** As the documented dialogue on Linux has it, the way a person types it. */
export const good = `hipay_login: 1234567.stage-secure-gateway.hipay-tpp.com
hipay_password: Test_1234567
serial_port: COM1
serial_number: SN_123
local_port: 3001
api_username: log
api_password: password
environment: prod
authorization_threshold: 3
update_time: 06:15
contract:
  proxy:
    payment_application: 001
    merchant_id: 0234567
    rank: 010
`;

export function parsedOf(text: string, environment: Environment = {}) {
  const parsed = parseConfig(text, environment);
  if (!parsed.ok) throw new Error(parsed.problems.map((problem) => describeProblem(problem, 'config.yml')).join('\n'));
  return parsed;
}

export const configOf = (text: string, environment?: Environment): Config => parsedOf(text, environment).config;

export function problemsOf(text: string, environment: Environment = {}): ConfigProblem[] {
  const parsed = parseConfig(text, environment);
  return parsed.ok ? [] : parsed.problems;
}

/** All that a person would be shown. */
export function toldOf(text: string): string {
  const parsed = parseConfig(text, {});
  const told = parsed.ok ? parsed.warnings : [...parsed.problems, ...parsed.warnings];
  return told.map((problem) => describeProblem(problem, 'config.yml')).join('\n');
}

/** Where, which key, and what was found. */
export const brief = ({ line, column, key, found }: ConfigProblem) => `${line}:${column} ${key} ${found}`;
