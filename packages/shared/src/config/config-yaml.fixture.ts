import type { ConfigChanges } from './config-changes.ts';
import { writeConfigYaml } from './config-yaml.ts';

export const answers: ConfigChanges = {
  hipay_login: '12345678.stage-secure-gateway.hipay-tpp.com',
  hipay_password: 'a # b: "c" \\',
  serial_port: 'COM14',
  serial_number: '0001234567',
  local_port: '8888',
  api_username: 'log',
  api_password: 'yes',
  environment: 'dev',
  authorization_threshold: '12,5',
  update_time: '03:00',
  'contract.proxy.payment_application': '001',
  'contract.proxy.merchant_id': '1234567',
  'contract.proxy.rank': '001',
};

export const nfc: ConfigChanges = {
  'contract.nfc.payment_application': '00B',
  'contract.nfc.merchant_id': '1234568',
  'contract.nfc.rank': '002',
};

export const fresh = writeConfigYaml(answers, { language: 'en' });
