import type { StationPlan } from '../torture/plan.ts';
import { CONTRACTS, SECRETS } from '../torture/station-config.ts';

/** The least that config.yml takes: in a run's own time, a silent terminal is given up in a few real seconds. */
export const PAYMENT_TIMEOUT_MS = 30_000;

export interface Addresses {
  serialPort: string;
  localPort: number;
  gatewayUrl: string;
}

/** A config.yml: JSON, which is YAML too. */
export function configFile(plan: StationPlan, { serialPort, localPort, gatewayUrl }: Addresses): string {
  const [proxy, nfc] = [CONTRACTS.proxy, CONTRACTS.nfc].map(({ paymentApplication, merchantId, rank }) => ({
    payment_application: paymentApplication,
    merchant_id: merchantId,
    rank,
  }));
  return JSON.stringify({
    ...{ baudRate: 9600, dataBits: 8, parity: 'none', stopBits: 1 },
    ...{ hipay_login: 'shop', hipay_password: SECRETS.hipayPassword, hipay_hash_key: SECRETS.hipayHashKey },
    ...{ serial_port: serialPort, serial_number: '0012345678', local_port: localPort },
    ...{ api_username: 'till', api_password: SECRETS.apiPassword },
    ...{ environment: 'dev', authorization_threshold: 50, update_time: '03:00', contract: { proxy, nfc } },
    ...{ payment_timeout: PAYMENT_TIMEOUT_MS / 1000, allowed_transaction_types: ['Debit', 'Credit'] },
    ...{ order_id_scope: plan.orderIdScope, private_data: plan.privateData },
    ...{ hipay_gateway_url: gatewayUrl, update: 'off', log_level: 'debug' },
  });
}
