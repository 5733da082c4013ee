/** The demonstration's shop: its contracts are those of the documentation. */
export const demoShop = {
  apiUsername: 'demo',
  apiPassword: 'demo',
  proxy: { payment_application: '001', merchant_id: '1234567', rank: '001' },
  nfc: { payment_application: '00B', merchant_id: '1234568', rank: '001' },
} as const;

export interface DemoAddresses {
  serialPort: string;
  localPort: number;
  /** Ends in `/rest/`. */
  gatewayUrl: string;
}

/** A config.yml for the demonstration: JSON, which is YAML too. */
export function demoConfig({ serialPort, localPort, gatewayUrl }: DemoAddresses): string {
  const config = {
    baudRate: 9600,
    dataBits: 8,
    parity: 'none',
    stopBits: 1,
    hipay_login: 'demo.stage-secure-gateway.hipay-tpp.com',
    hipay_password: 'demo',
    serial_port: serialPort,
    serial_number: 'SIMULATED',
    local_port: localPort,
    api_username: demoShop.apiUsername,
    api_password: demoShop.apiPassword,
    environment: 'dev',
    authorization_threshold: 100,
    update_time: '03:00',
    contract: { proxy: demoShop.proxy, nfc: demoShop.nfc },
    hipay_gateway_url: gatewayUrl,
    update: 'off',
  };
  return `${JSON.stringify(config, null, 2)}\n`;
}
