import { describe, expect, test } from '@jest/globals';
import { Centre, heard, watch } from './centre.fixture.ts';
import { centreLimits } from './centre-limits.ts';
import { settle } from './settle.fixture.ts';
import { stalls } from './stalled-disk.fixture.ts';

const LATEST_MS = 180_000 + centreLimits.tillGraceMs;

/** A till was told 1107 while the intent was being written, and then the service is stopped. */
async function stoppedMeanwhile() {
  const centre = new Centre();
  const disk = stalls(centre.journal, 'append');
  const result = await centre.ask();
  await centre.pass(LATEST_MS);
  expect(heard(result)).toBe('declined 1107');
  const { busy, over } = centre.desk.stop();
  expect(busy).toBe(false);
  const seen = watch(over.then(() => 'over'));
  await settle();
  return { centre, disk, seen };
}

/** As a journal that is closed. */
function takesNothingMore({ journal }: Centre): void {
  journal.refuses = () => true;
}

describe('a stop after a payment was given up while its intent was being written', () => {
  test('the journal stays open until its end is on disk: the next start resumes nothing', async () => {
    const { centre, disk, seen } = await stoppedMeanwhile();
    expect(seen.value).toBeUndefined();
    await disk.goOn();
    expect(seen.value).toBe('over');
    takesNothingMore(centre);
    expect(await centre.payment()).toMatchObject({ state: 'not_sent', code: '1107', toldAs: 'not_sent' });
    const next = await centre.restart();
    expect(next.desk.busy).toBe(false);
  });

  test('where the disk refuses it, once more and no longer', async () => {
    const { centre, disk, seen } = await stoppedMeanwhile();
    takesNothingMore(centre);
    await disk.goOn();
    expect(seen.value).toBe('over');
    expect(centre.clock.untilNextMs).toBeUndefined();
    expect(centre.log.lines).toContainEqual(expect.stringMatching(/error: How a payment ended could not be written/));
  });

  test('a disk that never goes on holds it up for a while only', async () => {
    const { centre, seen } = await stoppedMeanwhile();
    await centre.pass(centreLimits.stopRecordsMs - 1);
    expect(seen.value).toBeUndefined();
    await centre.pass(1);
    await settle();
    expect(seen.value).toBe('over');
  });
});

test('a stop once nobody knows, which the disk has not taken yet, waits for that too', async () => {
  const centre = new Centre();
  const result = await centre.ask();
  const disk = stalls(centre.journal, 'append');
  await centre.pass(LATEST_MS);
  expect(heard(result)).toBe('unknown 1108');
  const seen = watch(centre.desk.stop().over.then(() => 'over'));
  await settle();
  expect(seen.value).toBeUndefined();
  await disk.goOn();
  expect(seen.value).toBe('over');
  expect(await centre.payment()).toMatchObject({ state: 'unknown' });
});
