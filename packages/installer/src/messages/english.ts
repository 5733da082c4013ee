import { describeProblem } from '@hipay-ecr/shared/config/config-problem.ts';
import { expectedInEnglish } from './expected.ts';
import { optionsInEnglish } from './options-english.ts';
import { portWarningInEnglish } from './port-warning-english.ts';
import { systemErrorsInEnglish } from './system-errors-english.ts';

/** Everything that the setup says; the questions and closing lines are those of HiPay's documentation. */
export const english = {
  installing: 'Installing HiPay ECR Connector...',
  questions: {
    hipay_login: 'Enter your HiPay username',
    hipay_password: 'Enter your HiPay password',
    folder: 'Select the installation folder.',
    serial_port: 'Which serial port is connected to the payment terminal ?',
    serial_number: 'Enter the payment terminal serial number',
    local_port: 'Select the local port for the API',
    api_username: 'local API username',
    api_password: 'local API password',
    environment: 'Running environment',
    authorization_threshold: 'Authorization Threshold',
    update_time: 'When to update the application',
    contract: 'What type of contract do you have ?',
    'contract.proxy.payment_application': 'Enter your payment_application for proxy',
    'contract.nfc.payment_application': 'Enter your payment_application for NFC',
    'contract.proxy.merchant_id': 'Enter your merchant ID for proxy',
    'contract.nfc.merchant_id': 'Enter your merchant ID for NFC',
    'contract.proxy.rank': 'Enter the terminal rank for proxy',
    'contract.nfc.rank': 'Enter the terminal rank for NFC',
  },
  asRoot:
    'It was installed as root: it runs as root, and its files belong to root alone. Better is the user under whom the till works.',
  contracts: 'We will now enter your contracts details',

  done: 'Installation completed with success !',
  configFollows: 'Your config is as follows:',
  configFile: 'You can change your config, by editing the yaml file at:',
  pressToStart: 'Press a key to start the service tp-manager and check for update',
  pressToExit: 'Press any key to exit...',
  started: 'The service tp-manager has been started and will check for any update upon startup',
  notStarted: (launch: string) => `The service tp-manager has not been started; ${launch} starts it.`,
  startFailed: (launch: string) => `The service tp-manager could not be started; ${launch} says why.`,
  nothingWritten: 'Nothing was written (--dry-run).',
  removed: (folder: string) => `The connector was removed from ${folder}; its journal and configuration were kept.`,
  purged: (folder: string) => `The connector was removed from ${folder}, with its journal and configuration.`,

  working: 'Installing...',
  starting: 'Starting the service...',
  lookingForPorts: 'Looking for serial ports...',
  asking: (port: string) => `Asking the terminal on ${port}...`,

  help: {
    choose: '↑↓ choose • ⏎ take',
    port: '↑↓ choose, or type a port • ⏎ take',
    reveal: 'ctrl+t shows what you type',
    kept: 'Enter keeps the present one',
  },
  port: {
    find: 'Find it: unplug the terminal and plug it in again',
    auto: 'The one USB terminal, when it will be plugged in',
    unplug: "Unplug the terminal's cable from this computer, then press Enter",
    plug: 'Now plug it in again, with the terminal switched on (Enter gives up)',
    nothingNew: 'Nothing new was plugged in. Try another socket and another cable, or type the name of the port.',
  },
  portWarning: portWarningInEnglish,

  expected: (expected: string) => `Expected: ${expected}`,
  expectedOf: expectedInEnglish,
  wrong: (where: string, found: string, expected: string) => `${where}: found ${found}, expected ${expected}`,
  problem: describeProblem,
  hiddenValue: 'a value that is not shown',
  portInUse: (port: string, free: string | undefined) =>
    `Port ${port} is in use by another program${free === undefined ? '' : `; ${free} is free`}`,
  portForbidden: (port: string) => `Port ${port} may be used by administrators only: take one from 1024 on`,
  notSerial: (path: string) =>
    `Expected: a serial port, such as /dev/ttyACM0 or /dev/ttyUSB0; ${path} is something else`,
  folder: {
    relative: (absolute: string) => `Expected: a whole path, such as ${absolute}`,
    characters: 'Expected: a path without control characters and quotation marks',
    notItsOwn: (path: string, such: string) =>
      `Expected: a folder for the connector alone, such as ${such}; ${path} is not one`,
    taken: (script: string) => `${script} belongs to another program and would be replaced: take another folder`,
    notAFolder: (path: string) => `${path} is a file, not a folder`,
    notWritable: (path: string) => `You may not write into ${path}: take another folder, or give yourself the rights`,
    noRoom: (freeMb: number, neededMb: number) =>
      `There are only ${freeMb} MB free there, and ${neededMb} MB are needed`,
  },

  or: 'or',
  missing: (question: string, option: string) => `"${question}" has no answer: give it by ${option}`,
  missingHint: 'There is no terminal to ask on. --yes takes the defaults for what has one. Nothing was written.',
  nothingWasWritten: 'Nothing was written.',
  unreadable: (file: string, why: string) => `${file} cannot be read: ${why}`,
  noSuchFile: (path: string) => `there is no file ${path}. Mend the path, which counts from the present folder`,
  systemErrors: systemErrorsInEnglish,
  otherSystemError: (code: string, where: string) => `the system says ${code} (${where})`,
  twice: (option: string, fileOption: string) => `${option} and ${fileOption} say the same: give one of them`,
  otherContract: (option: string, kind: string) => `${option} is given, but the contract is ${kind}`,
  onlyWith: (option: string, other: string) => `${option} is for ${other} only`,
  notWith: (option: string, other: string) => `${option} does not go with ${other}: nothing was removed`,
  uninstallNeedsFolder: 'Which installation is to be removed? Name its folder by --folder, or by --answers',
  failed: (why: string) => `The installation failed: ${why}`,
  removalFailed: (why: string) => `The connector could not be removed: ${why}`,
  options: optionsInEnglish,
};

export type Messages = typeof english;
