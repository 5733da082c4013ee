import type { Config } from '@hipay-ecr/shared/config/config.ts';
import type { StationPlan } from './plan.ts';

/** Nowhere may these be read again. */
export const SECRETS = { hipayPassword: 'hipay-Passw0rd', apiPassword: 'till-Passw0rd', hipayHashKey: 'hash-Key-0001' };

export const TIMES = { paymentTimeoutMs: 180_000, notificationTimeoutMs: 10_000, repeatWindowMs: 7_200_000 } as const;

/** The contracts' payment applications: `001` by contact, `00B` contactless. */
export const CONTRACTS = {
  proxy: { paymentApplication: '001', merchantId: 'PROXY01', rank: '001' },
  nfc: { paymentApplication: '00B', merchantId: 'NFC0001', rank: '002' },
} as const;

export function stationConfig(plan: StationPlan): Config {
  return {
    ...SECRETS,
    ...TIMES,
    line: { baudRate: 9600, dataBits: 8, parity: 'none', stopBits: 1 },
    hipayLogin: 'shop',
    serialPort: '/dev/ttyACM0',
    serialNumber: '0012345678',
    localPort: 12_345,
    apiUsername: 'till',
    environment: 'dev',
    authorizationThresholdMinor: 5_000,
    updateTime: '03:00',
    contract: CONTRACTS,
    posNumber: '01',
    orderIdScope: plan.orderIdScope,
    privateData: plan.privateData,
    allowedCurrencies: ['EUR'],
    allowedTransactionTypes: ['Debit', 'Credit'],
    allowedOrigins: [],
    update: 'off',
    language: 'en',
    logLevel: 'debug',
    logDays: 30,
    journalDays: 400,
  };
}
