/** How the line to the terminal is set. */
export interface LineSettings {
  baudRate: number;
  dataBits: 7 | 8;
  parity: 'none' | 'even' | 'odd';
  stopBits: 1 | 2;
}

/** One merchant contract as HiPay knows it (documentation, "contract"). */
export interface Contract {
  /** Three characters, e.g. `001` (contact) or `00B` (contactless); `000` for any. */
  paymentApplication: string;
  /** Seven characters. */
  merchantId: string;
  /** Three characters. */
  rank: string;
}

/** config.yml, read and checked: each key of the file under its name in camel case, in the file's units unless the name says otherwise. */
export interface Config {
  line: LineSettings;
  hipayLogin: string;
  hipayPassword: string;
  /** A device path, `COMn`, `tcp://host:port`, or `auto`. */
  serialPort: string;
  serialNumber: string;
  localPort: number;
  apiUsername: string;
  apiPassword: string;
  environment: 'dev' | 'prod';
  /** Minor units: `authorization_threshold` is written in major ones. */
  authorizationThresholdMinor: number;
  /** `HH:MM`, local time. */
  updateTime: string;
  contract: { proxy?: Contract; nfc?: Contract };
  /** `01` to `99`. */
  posNumber: string;
  paymentTimeoutMs: number;
  notificationTimeoutMs: number;
  repeatWindowMs: number;
  orderIdScope: 'day' | 'forever' | 'none';
  privateData: 'token' | 'blank';
  /** ISO 4217 alpha-3, each of two decimals. */
  allowedCurrencies: string[];
  allowedTransactionTypes: ('Debit' | 'Credit')[];
  /** Origins (`https://host[:port]`) of web pages that may call the service. */
  allowedOrigins: string[];
  hipayHashKey?: string;
  /** Base URL of HiPay's order interface, ends in `/rest/`; set where it is not the environment's own. */
  hipayGatewayUrl?: string;
  /** Base URL of HiPay's ECR interface, where it is not the environment's own. */
  hipayApiUrl?: string;
  update: 'auto' | 'check' | 'off';
  updateUrl?: string;
  httpsProxy?: string;
  language: 'en' | 'fr';
  logLevel: 'error' | 'warn' | 'info' | 'debug';
  logDays: number;
  journalDays: number;
}
