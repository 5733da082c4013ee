import type { Contract } from '@hipay-ecr/shared/config/config.ts';
import type { HipayTarget } from './fact.ts';

/** What the centre takes from the configuration. */
export interface CentreSettings {
  posNumber: string;
  paymentTimeoutMs: number;
  notificationTimeoutMs: number;
  repeatWindowMs: number;
  orderIdScope: 'day' | 'forever' | 'none';
  privateData: 'token' | 'blank';
  authorizationThresholdMinor: number;
  contract: { proxy?: Contract; nfc?: Contract };
  target: HipayTarget;
  hashKeyConfigured: boolean;
}
