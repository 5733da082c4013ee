import { OperatingError } from '@hipay-ecr/shared/errors.ts';
import type { DeviceIdentity } from '../payments/fact.ts';
import type { OpenLine } from './open-line.ts';

/**
 * Opens only the device that was asked, as long as its answer may come: another one in its place must not answer for it,
 * nor be asked meanwhile (rule 10). It is looked for wherever it is, even by a process that never had it open. `expected`
 * gives that device, or undefined where any will do.
 */
export function onlyExpectedDevice(open: OpenLine, expected: () => DeviceIdentity | undefined): OpenLine {
  return async (settings, listener) => {
    const lookedFor = expected()?.identity ?? settings.lastIdentity;
    const opened = await open({ ...settings, ...(lookedFor !== undefined && { lastIdentity: lookedFor }) }, listener);
    const { device, line } = opened;
    // Looked at again: the payment may have been decided, or have begun, meanwhile.
    const asked = expected();
    if (asked === undefined || device.identity === asked.identity) return opened;
    line.close();
    throw new OperatingError(
      '1004',
      `The device on ${device.port} is ${device.identity}, but the payment in progress, or in doubt, was asked on ${asked.identity}: ` +
        'plug that terminal in again. Another one is taken once that payment is settled, or after 15 minutes.',
    );
  };
}
