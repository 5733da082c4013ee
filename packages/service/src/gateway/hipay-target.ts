import type { Config } from '@hipay-ecr/shared/config/config.ts';
import type { HipayTarget } from '../payments/fact.ts';

/** Base URLs of the order interface (HiPay OpenAPI description of the gateway). */
const ORDER_INTERFACES: Record<Config['environment'], string> = {
  dev: 'https://stage-secure-gateway.hipay-tpp.com/rest/',
  prod: 'https://secure-gateway.hipay-tpp.com/rest/',
};

/** Where registrations go by the configuration. */
export function hipayTarget(config: Pick<Config, 'environment' | 'hipayGatewayUrl' | 'hipayLogin'>): HipayTarget {
  const { environment, hipayGatewayUrl: url = ORDER_INTERFACES[environment], hipayLogin: login } = config;
  return { environment, url: url.endsWith('/') ? url : `${url}/`, login };
}
