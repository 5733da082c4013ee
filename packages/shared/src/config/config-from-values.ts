import type { Config, Contract } from './config.ts';
import type { ConfigValues, ContractKind, FieldKey } from './fields.ts';

/** Everything but what may be absent from a configuration that is complete. */
type Complete = Partial<ConfigValues> & Required<Omit<ConfigValues, Absentable>>;
type Absentable =
  | 'hipay_hash_key'
  | 'hipay_gateway_url'
  | 'hipay_api_url'
  | 'update_url'
  | 'https_proxy'
  | Extract<FieldKey, `contract.${string}`>;

const MS_PER_SECOND = 1000;

/** The configuration of these values; the caller knows that none is missing. */
export function configFromValues(given: Partial<ConfigValues>): Config {
  const values = given as Complete;
  const proxy = contractOf(values, 'proxy');
  const nfc = contractOf(values, 'nfc');
  return {
    line: {
      baudRate: values.baudRate,
      dataBits: values.dataBits,
      parity: values.parity,
      stopBits: values.stopBits,
    },
    hipayLogin: values.hipay_login,
    hipayPassword: values.hipay_password,
    serialPort: values.serial_port,
    serialNumber: values.serial_number,
    localPort: values.local_port,
    apiUsername: values.api_username,
    apiPassword: values.api_password,
    environment: values.environment,
    authorizationThresholdMinor: values.authorization_threshold,
    updateTime: values.update_time,
    contract: { ...(proxy && { proxy }), ...(nfc && { nfc }) },
    posNumber: values.pos_number,
    paymentTimeoutMs: values.payment_timeout * MS_PER_SECOND,
    notificationTimeoutMs: values.notification_timeout * MS_PER_SECOND,
    repeatWindowMs: values.repeat_window * MS_PER_SECOND,
    orderIdScope: values.order_id_scope,
    privateData: values.private_data,
    allowedCurrencies: values.allowed_currencies,
    allowedTransactionTypes: values.allowed_transaction_types,
    allowedOrigins: values.allowed_origins,
    ...(values.hipay_hash_key !== undefined && { hipayHashKey: values.hipay_hash_key }),
    ...(values.hipay_gateway_url !== undefined && { hipayGatewayUrl: values.hipay_gateway_url }),
    ...(values.hipay_api_url !== undefined && { hipayApiUrl: values.hipay_api_url }),
    update: values.update,
    ...(values.update_url !== undefined && { updateUrl: values.update_url }),
    ...(values.https_proxy !== undefined && { httpsProxy: values.https_proxy }),
    language: values.language,
    logLevel: values.log_level,
    logDays: values.log_days,
    journalDays: values.journal_days,
  };
}

function contractOf(values: Partial<ConfigValues>, kind: ContractKind): Contract | undefined {
  const paymentApplication = values[`contract.${kind}.payment_application`];
  const merchantId = values[`contract.${kind}.merchant_id`];
  const rank = values[`contract.${kind}.rank`];
  if (paymentApplication === undefined || merchantId === undefined || rank === undefined) return undefined;
  return { paymentApplication, merchantId, rank };
}
