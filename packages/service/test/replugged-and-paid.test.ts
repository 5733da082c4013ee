import { expect, test } from '@jest/globals';
import { TillOnUsb } from './support/till-on-usb.ts';

test('after a long while without the cable, the first order once it is back is paid: its line is not waited for', async () => {
  const till = await TillOnUsb.open();
  try {
    till.ours.unplug();
    await till.untilTerminalIs(({ state }) => state === 'absent');
    // By then the pauses between two attempts are at their longest.
    for (let order = 0; order < 6; order++) {
      till.letTimePass();
      expect(await till.pay(10, 'too-early')).toMatchObject({ outcome: 'not_sent', errorCode: '1004' });
    }
    await till.ours.plugIn('ttyACM1');
    expect(await till.payAtOnce(10, 'first')).toMatchObject({ outcome: 'approved' });
    const { taken, approved } = await till.books();
    expect(approved).toEqual(taken);
  } finally {
    await till.close();
  }
});
