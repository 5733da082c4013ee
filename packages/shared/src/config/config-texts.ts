import { formatMinor } from '../money.ts';
import type { Config } from './config.ts';
import type { FieldKey } from './fields.ts';

/** The text of each key, as one would write it; lists have commas. */
export type ConfigTexts = Partial<Record<FieldKey, string>>;

const MS_PER_SECOND = 1000;

/** What one would write to get this configuration: the earlier answers of a setup that runs again. */
export function configTexts(config: Config): ConfigTexts {
  const { line, contract } = config;
  const texts: { [K in FieldKey]: string | undefined } = {
    baudRate: String(line.baudRate),
    dataBits: String(line.dataBits),
    parity: line.parity,
    stopBits: String(line.stopBits),
    hipay_login: config.hipayLogin,
    hipay_password: config.hipayPassword,
    serial_port: config.serialPort,
    serial_number: config.serialNumber,
    local_port: String(config.localPort),
    api_username: config.apiUsername,
    api_password: config.apiPassword,
    environment: config.environment,
    authorization_threshold: formatMinor(config.authorizationThresholdMinor).replace(/\.00$/, ''),
    update_time: config.updateTime,
    'contract.proxy.payment_application': contract.proxy?.paymentApplication,
    'contract.proxy.merchant_id': contract.proxy?.merchantId,
    'contract.proxy.rank': contract.proxy?.rank,
    'contract.nfc.payment_application': contract.nfc?.paymentApplication,
    'contract.nfc.merchant_id': contract.nfc?.merchantId,
    'contract.nfc.rank': contract.nfc?.rank,
    pos_number: config.posNumber,
    payment_timeout: String(config.paymentTimeoutMs / MS_PER_SECOND),
    notification_timeout: String(config.notificationTimeoutMs / MS_PER_SECOND),
    repeat_window: String(config.repeatWindowMs / MS_PER_SECOND),
    order_id_scope: config.orderIdScope,
    private_data: config.privateData,
    allowed_currencies: config.allowedCurrencies.join(', '),
    allowed_transaction_types: config.allowedTransactionTypes.join(', '),
    allowed_origins: config.allowedOrigins.join(', '),
    hipay_hash_key: config.hipayHashKey,
    hipay_gateway_url: config.hipayGatewayUrl,
    hipay_api_url: config.hipayApiUrl,
    update: config.update,
    update_url: config.updateUrl,
    https_proxy: config.httpsProxy,
    language: config.language,
    log_level: config.logLevel,
    log_days: String(config.logDays),
    journal_days: String(config.journalDays),
  };
  return Object.fromEntries(Object.entries(texts).filter(([, text]) => text !== undefined)) as ConfigTexts;
}
