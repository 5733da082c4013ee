import type { AnswerKey } from './answers.ts';

/** An option that answers a question. */
export interface AnswerOption {
  /** Without its dashes, as commander and the messages name it. */
  name: keyof typeof valueNames;
  key: AnswerKey;
  /** Its value is the name of a file that holds the answer. */
  inFile?: true;
}

/** What stands for the value in --help. */
const valueNames = {
  'hipay-username': 'text',
  'hipay-password': 'text',
  'hipay-password-file': 'file',
  folder: 'path',
  'serial-port': 'port',
  'serial-number': 'text',
  'local-port': 'number',
  'api-username': 'text',
  'api-password': 'text',
  'api-password-file': 'file',
  environment: 'dev|prod',
  'authorization-threshold': 'amount',
  'update-time': 'HH:MM',
  contract: 'proxy|nfc|both',
  'proxy-payment-application': 'code',
  'nfc-payment-application': 'code',
  'proxy-merchant-id': 'code',
  'nfc-merchant-id': 'code',
  'proxy-rank': 'code',
  'nfc-rank': 'code',
} as const;

/** In the order of the dialogue. */
export const answerOptions: readonly AnswerOption[] = [
  { name: 'hipay-username', key: 'hipay_login' },
  { name: 'hipay-password', key: 'hipay_password' },
  { name: 'hipay-password-file', key: 'hipay_password', inFile: true },
  { name: 'folder', key: 'folder' },
  { name: 'serial-port', key: 'serial_port' },
  { name: 'serial-number', key: 'serial_number' },
  { name: 'local-port', key: 'local_port' },
  { name: 'api-username', key: 'api_username' },
  { name: 'api-password', key: 'api_password' },
  { name: 'api-password-file', key: 'api_password', inFile: true },
  { name: 'environment', key: 'environment' },
  { name: 'authorization-threshold', key: 'authorization_threshold' },
  { name: 'update-time', key: 'update_time' },
  { name: 'contract', key: 'contract' },
  { name: 'proxy-payment-application', key: 'contract.proxy.payment_application' },
  { name: 'nfc-payment-application', key: 'contract.nfc.payment_application' },
  { name: 'proxy-merchant-id', key: 'contract.proxy.merchant_id' },
  { name: 'nfc-merchant-id', key: 'contract.nfc.merchant_id' },
  { name: 'proxy-rank', key: 'contract.proxy.rank' },
  { name: 'nfc-rank', key: 'contract.nfc.rank' },
];

/** The variables of the environment that answer questions. */
export const answerVariables: Partial<Record<AnswerKey, string>> = {
  hipay_login: 'HIPAY_USERNAME',
  hipay_password: 'HIPAY_PASSWORD',
  api_password: 'TP_MANAGER_API_PASSWORD',
};

/** What stands for a value is a word of the language, where it is no value itself. */
export function flagsOf({ name }: AnswerOption, words: Readonly<Record<string, string>>): string {
  const value: string = valueNames[name];
  return `--${name} <${words[value] ?? value}>`;
}

/** `--hipay-password, --hipay-password-file or HIPAY_PASSWORD`: every way to answer a question. */
export function waysToAnswer(key: AnswerKey, or: string): string {
  const options = answerOptions.filter((option) => option.key === key).map(({ name }) => `--${name}`);
  const variable = answerVariables[key];
  const ways = variable === undefined ? options : [...options, variable];
  return ways.join(', ').replace(/, ([^,]*)$/, ` ${or} $1`);
}
