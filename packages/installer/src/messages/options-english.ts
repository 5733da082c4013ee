/** What --help says, option by option. */
export const optionsInEnglish = {
  description: 'Installs the HiPay Desktop Connector on this till. What no option answers is asked.',
  /** What commander says of a command line that it cannot read, in its own words. */
  commandError: (text: string) => text,
  usageTitle: 'Usage:',
  optionsTitle: 'Options:',
  valueNames: { text: 'text', file: 'file', path: 'path', number: 'number', amount: 'amount' },
  help: 'show this help',
  version: 'show the version',
  'hipay-username': 'username of the HiPay API credentials (or HIPAY_USERNAME)',
  'hipay-password': 'their password (or HIPAY_PASSWORD); better by a file, as others can see options',
  'hipay-password-file': 'a file whose first line is that password',
  folder: 'where to install',
  'serial-port': 'port of the terminal: /dev/..., COM3, tcp://host:port or auto',
  'serial-number': 'serial number of the terminal',
  'local-port': 'port on which the till reaches the connector',
  'api-username': 'username with which the till signs in',
  'api-password': 'its password (or TP_MANAGER_API_PASSWORD); better by a file',
  'api-password-file': 'a file whose first line is that password',
  environment: "HiPay's platform: dev (stage) or prod (production)",
  'authorization-threshold': 'amount from which an authorization is asked for',
  'update-time': 'when updates are looked for, HH:MM',
  contract: 'proxy, nfc or both',
  'proxy-payment-application': 'payment application of the contract proxy',
  'nfc-payment-application': 'payment application of the contract nfc',
  'proxy-merchant-id': 'merchant ID of the contract proxy',
  'nfc-merchant-id': 'merchant ID of the contract nfc',
  'proxy-rank': 'rank of the terminal in the contract proxy',
  'nfc-rank': 'rank of the terminal in the contract nfc',
  answers: 'a file of answers: the keys of config.yml, and folder',
  yes: 'take the defaults for what has one, and wait for no key',
  'no-start': 'install, but do not start the service',
  autostart: 'start the service whenever this machine starts',
  'dry-run': 'ask and show, but write nothing',
  language: 'en or fr (default: that of this machine where it is one of them)',
  uninstall: 'remove what the setup put into the folder; journal and configuration stay',
  purge: 'with --uninstall: remove journal and configuration too; not while payments are in doubt, but by --yes',
  after: `
An option wins over the environment, that over the file of answers, that over credentials.yml beside this program, and
that over the configuration of an earlier installation, whose values are the defaults.

At the end, on Windows, a key starts the service and another one ends the setup. With --yes or without a terminal the
service is started at once, and one line says so; with --no-start one line says how to start it. The version
that was installed is told then, too. Without a terminal secrets are shown as [hidden], and what has no answer is an error.

Exit status: 0 done, 1 failed, 2 wrong use or missing answers (nothing was written), 130 interrupted.`,
};
