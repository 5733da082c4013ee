import { ManualClock } from '@hipay-ecr/shared/manual-clock.ts';
import { describe, expect, test } from '@jest/globals';
import { Centre, heard, PatientTill } from './centre.fixture.ts';
import { centreLimits } from './centre-limits.ts';
import { anOrder, START_MS } from './payment.fixture.ts';
import { settle } from './settle.fixture.ts';

const nameless = { orderId: 'made by us', orderIdGiven: false, bodyDigest: 'these words' };

describe('rule 4: a result without order_id that reached nobody', () => {
  test('goes once to the next request in the same words, with its own orderId', async () => {
    const centre = new Centre();
    await centre.ask(nameless);
    await centre.answer();
    const again = await centre.ask({ ...nameless, orderId: 'made anew' });
    expect(heard(again)).toBe('approved again');
    expect(again.value).toMatchObject({ payment: { order: { orderId: 'made by us' } } });
    if (again.value?.kind === 'payment') again.value.told();
    await settle();
    expect(heard(await centre.ask({ ...nameless, orderId: 'made once more' }))).toBe('waits');
    expect(centre.terminal.frames).toHaveLength(2);
  });

  test('not to one in other words, and not after 120 s', async () => {
    const centre = new Centre();
    await centre.ask(nameless);
    await centre.answer();
    await centre.pass(centreLimits.untoldMs + 1);
    expect(heard(await centre.ask({ ...nameless, orderId: 'later' }))).toBe('waits');
    await centre.answer();
    expect(heard(await centre.ask({ ...nameless, bodyDigest: 'other words' }))).toBe('waits');
  });

  test('while it runs and nobody waits, the same words join it; while somebody waits, they are another sale', async () => {
    const centre = new Centre();
    const till = new PatientTill();
    await centre.ask(nameless, till);
    expect(heard(await centre.ask({ ...nameless, orderId: 'other' }))).toBe('declined 1104');
    till.waits = false;
    const joined = await centre.ask({ ...nameless, orderId: 'other' });
    expect(heard(joined)).toBe('waits');
    await centre.answer();
    expect(heard(joined)).toBe('approved');
    expect(centre.terminal.frames).toHaveLength(1);
  });

  test('a newer payment in the same words that was told does not hide it', async () => {
    const centre = new Centre();
    await centre.ask(nameless);
    await centre.answer({ stat: '7' });
    await centre.journal.append('told later', [
      { kind: 'accepted', order: anOrder(nameless), target: centre.settings.target, hipayOrderId: 'x' },
      { kind: 'not_sent', code: '1107', detail: '' },
      { kind: 'told' },
    ]);
    expect(heard(await centre.ask({ ...nameless, orderId: 'again' }))).toBe('refused 1006 again');
  });

  test('with order_id_scope none an order_id is a label: its words decide', async () => {
    const centre = new Centre({ settings: { orderIdScope: 'none' } });
    await centre.ask({ bodyDigest: 'words' });
    await centre.answer();
    expect(heard(await centre.ask({ bodyDigest: 'other' }))).toBe('waits');
    await centre.answer();
    expect(heard(await centre.ask({ bodyDigest: 'other' }))).toBe('approved again');
  });
});

describe('rule 18: the clock was set since the result that nobody was told', () => {
  const hears1110 = async (centre: Centre) => {
    const again = await centre.ask({ ...nameless, orderId: 'again' });
    expect(heard(again)).toBe('declined 1110');
    again.value?.told?.();
    await centre.pass(0);
  };

  test('somebody has to look first: 1110 once, then it is another sale', async () => {
    const centre = new Centre();
    await centre.ask(nameless);
    await centre.answer();
    centre.clock.setWall(centre.clock.nowMs() + 3_600_000);
    await hears1110(centre);
    expect(centre.terminal.frames).toHaveLength(1);
    expect(heard(await centre.ask({ ...nameless, orderId: 'insists' }))).toBe('waits');
  });

  test('while no process of ours ran, by more than the machine has run: 1110 once, too', async () => {
    const centre = new Centre({ clock: new ManualClock(START_MS, 600_000) });
    await centre.ask(nameless);
    await centre.answer();
    centre.clock.setWall(centre.clock.nowMs() + 9 * 3_600_000);
    const again = await centre.restart(30_000);
    await hears1110(again);
    expect(heard(await again.ask({ ...nameless, orderId: 'insists' }))).toBe('waits');
  });
});
