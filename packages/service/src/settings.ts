import type { Config } from '@hipay-ecr/shared/config/config.ts';
import type { CentreSettings } from './payments/centre-settings.ts';
import type { HipayTarget } from './payments/fact.ts';

/** The centre's part of the configuration. */
export function centreSettings(config: Config, target: HipayTarget): CentreSettings {
  return {
    posNumber: config.posNumber,
    paymentTimeoutMs: config.paymentTimeoutMs,
    notificationTimeoutMs: config.notificationTimeoutMs,
    repeatWindowMs: config.repeatWindowMs,
    orderIdScope: config.orderIdScope,
    privateData: config.privateData,
    authorizationThresholdMinor: config.authorizationThresholdMinor,
    contract: config.contract,
    target,
    hashKeyConfigured: config.hipayHashKey !== undefined,
  };
}
