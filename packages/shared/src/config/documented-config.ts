import { formatMinor } from '../money.ts';
import type { Config, Contract } from './config.ts';

/**
 * The configuration as the setup prints it, in the documented order. The two documented dialogues differ: on Windows the
 * line settings stand in it and local_port is text, on Linux neither.
 */
export function documentedConfig(config: Config, style: 'windows' | 'linux'): Record<string, unknown> {
  const { line, contract, localPort } = config;
  return {
    ...(style === 'windows' && { ...lineSettings(line) }),
    hipay_login: config.hipayLogin,
    hipay_password: config.hipayPassword,
    serial_port: config.serialPort,
    serial_number: config.serialNumber,
    local_port: style === 'windows' ? String(localPort) : localPort,
    api_username: config.apiUsername,
    api_password: config.apiPassword,
    environment: config.environment,
    authorization_threshold: Number(formatMinor(config.authorizationThresholdMinor)),
    update_time: config.updateTime,
    contract: {
      ...(contract.proxy && { proxy: documentedContract(contract.proxy) }),
      ...(contract.nfc && { nfc: documentedContract(contract.nfc) }),
    },
  };
}

function lineSettings({ baudRate, dataBits, parity, stopBits }: Config['line']): Record<string, unknown> {
  return { baudRate, dataBits, parity, stopBits };
}

function documentedContract({ paymentApplication, merchantId, rank }: Contract): Record<string, string> {
  return { payment_application: paymentApplication, merchant_id: merchantId, rank };
}
