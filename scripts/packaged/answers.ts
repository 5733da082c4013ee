interface TillOf {
  serialPort: string;
  localPort: number;
  gatewayUrl: string;
}

/** What the till's owner answers to the setup, for a machine without a keyboard. */
export function answersFile({ folder, ...till }: TillOf & { folder: string }): string {
  return `folder: ${JSON.stringify(folder)}\n${configText(till)}`;
}

/** The config.yml of such a till. */
export function configText({ serialPort, localPort, gatewayUrl }: TillOf): string {
  return `hipay_login: shop.stage-secure-gateway.hipay-tpp.com
hipay_password: Test_secret
serial_port: ${JSON.stringify(serialPort)}
serial_number: "1234567890"
local_port: ${localPort}
api_username: ${tillCredentials.username}
api_password: ${tillCredentials.password}
environment: dev
authorization_threshold: 100
update_time: "03:00"
hipay_gateway_url: ${gatewayUrl}
hipay_api_url: http://127.0.0.1:9/
contract:
  proxy: { payment_application: "001", merchant_id: "1234567", rank: "001" }
  nfc: { payment_application: "00B", merchant_id: "1234568", rank: "001" }
`;
}

export const tillCredentials = { username: 'till', password: 'till-secret' } as const;
