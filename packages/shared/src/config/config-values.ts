import type { Config, LineSettings } from './config.ts';

/** The value of each key of config.yml, by the key as it is documented; those inside `contract` by their path. */
export interface ConfigValues {
  baudRate: number;
  dataBits: LineSettings['dataBits'];
  parity: LineSettings['parity'];
  stopBits: LineSettings['stopBits'];
  hipay_login: string;
  hipay_password: string;
  serial_port: string;
  serial_number: string;
  local_port: number;
  api_username: string;
  api_password: string;
  environment: Config['environment'];
  /** Minor units. */
  authorization_threshold: number;
  update_time: string;
  'contract.proxy.payment_application': string;
  'contract.proxy.merchant_id': string;
  'contract.proxy.rank': string;
  'contract.nfc.payment_application': string;
  'contract.nfc.merchant_id': string;
  'contract.nfc.rank': string;
  pos_number: string;
  /** Seconds, as are the next two. */
  payment_timeout: number;
  notification_timeout: number;
  repeat_window: number;
  order_id_scope: Config['orderIdScope'];
  private_data: Config['privateData'];
  allowed_currencies: string[];
  allowed_transaction_types: Config['allowedTransactionTypes'];
  allowed_origins: string[];
  hipay_hash_key: string;
  hipay_gateway_url: string;
  hipay_api_url: string;
  update: Config['update'];
  update_url: string;
  https_proxy: string;
  language: Config['language'];
  log_level: Config['logLevel'];
  log_days: number;
  journal_days: number;
}

export type FieldKey = keyof ConfigValues;
