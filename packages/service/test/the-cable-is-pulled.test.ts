import type { Config } from '@hipay-ecr/shared/config/config.ts';
import type { CableMoment } from './support/cable-tap.ts';
import { ANOTHER, OURS, TillOnUsb, type Told } from './support/till-on-usb.ts';
import { until } from './support/until.ts';

// Each case has a house of its own and mostly waits for a line to be found again: they run at the same time.

async function inHouse(story: (till: TillOnUsb) => Promise<void>, config: Partial<Config> = {}): Promise<void> {
  const till = await TillOnUsb.open(config);
  try {
    await story(till);
  } finally {
    await till.close();
  }
}

/** Another sale goes through, the service was never started anew, and money and journal agree. */
async function goesOn(till: TillOnUsb, { inDoubt = 0 } = {}): Promise<void> {
  expect(await till.payOnceItIsThere(20, 'next')).toMatchObject({ outcome: 'approved' });
  const { taken, approved } = await till.books();
  expect(approved).toEqual(taken);
  await until(() => till.house.gateway.orders().length === taken.length);
  expect((await till.house.call({ path: '/health' })).body).toMatchObject({ unknownPayments: inDoubt });
}

/** 1108, where a busy machine's disk takes the doubt only once the till has been told of it. */
const IN_DOUBT = /^(1001|1108)$/;

/** Where nothing can have been taken, and where the terminal goes on without us. */
const BEFORE_THE_TERMINAL_HAS_IT: [CableMoment, outcome: string, errorCode: RegExp][] = [
  ['enquiry', 'not_sent', /^1004$/],
  ['first byte of the frame', 'unknown', IN_DOUBT],
];
const ONCE_THE_TERMINAL_HAS_IT: CableMoment[] = ['frame taken', 'customer pays', 'half of the answer'];
const SAME_OR_OTHER_NAME = [
  ['under the same name', 'ttyACM0'],
  ['under another name', 'ttyACM1'],
] as const;

/** What is told where the cable stays out. */
async function payUntilPulled(till: TillOnUsb, moment: CableMoment): Promise<Told> {
  const { told } = await till.payUntilPulled(10, 'first', moment);
  // Only what the terminal may have is waited for.
  if (moment !== 'enquiry' && moment !== 'answer acknowledged') till.letTimePass();
  return told;
}

describe.each(SAME_OR_OTHER_NAME)('the cable is pulled, and comes back %s', (_how, name) => {
  test.concurrent('while nothing is paid', () =>
    inHouse(async (till) => {
      till.ours.unplug();
      await till.untilTerminalIs(({ state }) => state === 'absent');
      const told = await till.pay(10, 'first');
      expect(told).toMatchObject({ outcome: 'not_sent', errorCode: '1004' });
      expect(told.errorDescription).toMatch(
        /\/dev\/ttyACM0 is (gone|not there).*is the terminal switched on and its cable plugged in/,
      );
      await till.ours.plugIn(name);
      expect(await till.payOnceItIsThere(10, 'first')).toMatchObject({ outcome: 'approved' });
      await goesOn(till);
    }));

  test.concurrent.each(BEFORE_THE_TERMINAL_HAS_IT)(
    '%s: nothing is taken, and %s is told',
    (moment, outcome, errorCode) =>
      inHouse(async (till) => {
        expect(await payUntilPulled(till, moment)).toMatchObject({
          outcome,
          errorCode: expect.stringMatching(errorCode),
        });
        expect(till.ours.terminal.terminal.charges).toEqual([]);
        await till.ours.plugIn(name);
        await goesOn(till, { inDoubt: outcome === 'unknown' ? 1 : 0 });
      }),
  );

  test.concurrent.each(ONCE_THE_TERMINAL_HAS_IT)('%s, and in time: the till is told that it is paid', (moment) =>
    inHouse(async (till) => {
      const { told } = await till.payUntilPulled(10, 'first', moment);
      await till.ours.plugIn(name);
      expect(await told).toMatchObject({ outcome: 'approved' });
      await goesOn(till);
    }),
  );

  test.concurrent.each(ONCE_THE_TERMINAL_HAS_IT)(
    '%s, and too late: unknown, until the late answer settles it',
    (moment) =>
      inHouse(async (till) => {
        const told = await payUntilPulled(till, moment);
        expect(told).toMatchObject({ outcome: 'unknown', errorCode: expect.stringMatching(IN_DOUBT) });
        await till.ours.plugIn(name);
        await till.untilPaymentIs(told.paymentId, 'approved');
        expect(await till.pay(10, 'first')).toMatchObject({ outcome: 'approved', replayed: true });
        await goesOn(till);
      }),
  );

  test.concurrent('answer acknowledged: paid is told at once, and the repeated answer changes nothing', () =>
    inHouse(async (till) => {
      expect(await payUntilPulled(till, 'answer acknowledged')).toMatchObject({ outcome: 'approved' });
      await till.ours.plugIn(name);
      await until(() => till.house.logged.some((line) => line.includes('repeated an answer')));
      await goesOn(till);
    }));
});

describe('another terminal is plugged into the old name', () => {
  test.concurrent.each([...ONCE_THE_TERMINAL_HAS_IT, 'first byte of the frame'] as CableMoment[])(
    '%s: it is refused, naming both, and hears nothing; the right one goes on',
    (moment) =>
      inHouse(async (till) => {
        const other = await till.another();
        const { told } = await till.payUntilPulled(10, 'first', moment);
        await other.plugIn('ttyACM0');
        till.letTimePass();
        expect(await told).toMatchObject({ outcome: 'unknown' });
        await till.untilTerminalIs(({ detail }) => namesBoth(detail));
        const refused = await till.pay(30, 'meanwhile');
        expect(refused).toMatchObject({ outcome: 'not_sent', errorCode: '1004' });
        expect(namesBoth(refused.errorDescription ?? '')).toBe(true);
        expect(other.tap.heard).toEqual([]);

        other.unplug();
        await till.ours.plugIn('ttyACM0');
        await goesOn(till, { inDoubt: moment === 'first byte of the frame' ? 1 : 0 });
      }),
  );

  test.concurrent.each(['enquiry', 'answer acknowledged'] as CableMoment[])(
    '%s: no answer of the first one is awaited, so the other one is taken',
    (moment) =>
      inHouse(async (till) => {
        const other = await till.another();
        await payUntilPulled(till, moment);
        await other.plugIn('ttyACM0');
        await goesOn(till);
        expect(other.terminal.terminal.charges).toHaveLength(1);
      }),
  );

  test.concurrent('the right one is plugged in beside it: that one is opened, under its new name', () =>
    inHouse(async (till) => {
      const other = await till.another();
      const { told } = await till.payUntilPulled(10, 'first', 'customer pays');
      await other.plugIn('ttyACM0');
      await till.ours.plugIn('ttyACM1');
      expect(await told).toMatchObject({ outcome: 'approved' });
      await goesOn(till);
      expect(other.tap.heard).toEqual([]);
    }));
});

test.concurrent('the service is started anew while the cable is out: the terminal in doubt is found under its new name', () =>
  inHouse(async (till) => {
    const told = await payUntilPulled(till, 'customer pays');
    expect(told).toMatchObject({ outcome: 'unknown' });
    await till.house.restart();
    await till.ours.plugIn('ttyACM2');
    await till.untilPaymentIs(told.paymentId, 'approved');
    await goesOn(till);
  }));

test.concurrent('auto: two terminals are refused, naming both, until one is left', () =>
  inHouse(
    async (till) => {
      expect(await till.pay(10, 'first')).toMatchObject({ outcome: 'approved' });
      const other = await till.another();
      // Beside the one that is open; whose line breaks off then, and not its name, so that no search finds one of them alone.
      await other.plugIn('ttyACM1');
      till.ours.terminal.port.unplug();
      await till.ours.terminal.port.replug();
      await till.untilTerminalIs(({ detail }) => namesBoth(detail));
      const refused = await till.pay(30, 'meanwhile');
      expect(refused).toMatchObject({ outcome: 'not_sent', errorCode: '1004' });
      expect(namesBoth(refused.errorDescription ?? '')).toBe(true);
      other.unplug();
      await goesOn(till);
      expect(other.tap.heard).toEqual([]);
    },
    { serialPort: 'auto' },
  ));

function namesBoth(text: string): boolean {
  return text.includes(OURS) && text.includes(ANOTHER);
}
