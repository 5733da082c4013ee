import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { join } from 'node:path';
import { freePort } from '@hipay-ecr/simulator/demo/free-port.ts';
import { realClock } from '@hipay-ecr/simulator/real-clock.ts';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { refuseInDoubt } from '../src/acts/doubt.ts';
import { install } from '../src/acts/install.ts';
import { type Place, placeOf } from '../src/acts/place.ts';
import { realFiles } from '../src/acts/real-files.ts';
import type { System } from '../src/acts/system.ts';
import { uninstall } from '../src/acts/uninstall.ts';
import { planFor, remove, standInSystem, temporaryFolder } from './support/made-up-installation.ts';

/** What the setup has put into a folder and a machine is its own, and nothing else there is. */
let root: string;
let folder: string;
let place: Place;
let port: number;
let system: System;
let other: Server | undefined;
beforeEach(async () => {
  root = temporaryFolder();
  folder = join(root, 'connector');
  place = placeOf(folder, process.platform, 'checkout');
  port = await freePort();
  system = standInSystem(root);
  other = undefined;
});
afterEach(async () => {
  other?.close();
  other?.closeAllConnections();
  await writeFile(join(place.dataFolder, 'behaviour'), 'serve').catch(() => undefined);
  if (await realFiles.exists(place.binFolder)) await uninstall({ folder, purge: true, language: 'en' }, system);
  await remove(root);
});

/** A clock by which each look takes five seconds, so that what waits in vain is soon done. */
const hasty = (): System => {
  let ms = 0;
  return { ...system, clock: { ...realClock, monotonicMs: () => (ms += 5_000) } };
};

async function anotherProgram(answer: (path: string) => [status: number, body: unknown]): Promise<void> {
  other = createServer((request, response) => {
    const [status, body] = answer(request.url ?? '');
    response.writeHead(status, { 'content-type': 'application/json', connection: 'close' });
    response.end(JSON.stringify(body));
  });
  const server = other;
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
}

describe('a removal', () => {
  test.each([false, true])('leaves what else is in the folder, with --purge too: %p', async (purge) => {
    await install({ ...planFor(folder, port), start: false }, system);
    await writeFile(join(folder, 'letter.txt'), 'Dear Mario');
    await mkdir(join(folder, 'hipay', 'other-product'));
    await writeFile(join(folder, 'hipay', 'other-product', 'its.db'), 'its own');
    await uninstall({ folder, purge, language: 'en' }, system);
    expect(await readFile(join(folder, 'letter.txt'), 'utf8')).toBe('Dear Mario');
    expect(await readFile(join(folder, 'hipay', 'other-product', 'its.db'), 'utf8')).toBe('its own');
    expect(await realFiles.exists(place.configFile)).toBe(!purge);
    await remove(folder);
  });

  test('takes the start with the computer away, while nobody can start it again', async () => {
    let crontab = '';
    const wasHeld: boolean[] = [];
    const withCron: System = {
      ...system,
      runsAny: () => true,
      async run(command, args, input) {
        if (command !== 'crontab') return system.run(command, args, input);
        if (args[0] === '-l') wasHeld.push(await realFiles.exists(place.holdFile));
        else crontab = args[0] === '-r' ? '' : (input ?? '');
        return { status: 0, output: crontab, errors: '' };
      },
    };
    await install({ ...planFor(folder, port), autostart: true }, withCron);
    expect(crontab).toContain(place.alwaysUp);
    wasHeld.length = 0;
    await uninstall({ folder, purge: false, language: 'en' }, withCron);
    expect(crontab).toBe('');
    expect(wasHeld).toEqual([true]);
    expect(await realFiles.exists(place.holdFile)).toBe(false);
  });
});

describe('another program at the port', () => {
  test('that answers to /stop as it answers to anything is not waited for', async () => {
    await install({ ...planFor(folder, port), start: false }, system);
    await anotherProgram(() => [200, { hello: 'world' }]);
    await uninstall({ folder, purge: true, language: 'en' }, hasty());
    expect(await realFiles.exists(folder)).toBe(false);
    expect(other?.listening).toBe(true);
  });

  test('that tells a version, and has no health, is not the service that was started', async () => {
    await mkdir(place.dataFolder, { recursive: true });
    await writeFile(join(place.dataFolder, 'behaviour'), 'exit 2');
    await anotherProgram((path) => (path === '/version' ? [200, { version: '1' }] : [404, {}]));
    const { started, notes } = await install(planFor(folder, port), system);
    expect(started).toBe(false);
    expect(notes[0]).toContain(`Another program answers on port ${port}`);
  });
});

test('a service that neither serves nor ends is not waited for without end', async () => {
  await mkdir(place.dataFolder, { recursive: true });
  await writeFile(join(place.dataFolder, 'behaviour'), 'fail');
  const { started, notes } = await install(planFor(folder, port), hasty());
  expect(started).toBe(false);
  expect(notes[0]).toMatch(/does not answer after 30 s/);
});

test('what was held by hand is held no more once it was installed anew', async () => {
  await install({ ...planFor(folder, port), start: false }, system);
  await writeFile(place.holdFile, '');
  expect(await install(planFor(folder, port), system)).toMatchObject({ started: true });
  expect(await realFiles.exists(place.holdFile)).toBe(false);
});

describe('before a purge', () => {
  const nothing = {
    ...{ running: true, unknownPayments: 0, outbox: { waiting: 0, parked: 0 }, attention: { running: [] } },
    journal: { writable: true, detail: 'as it should be', alarms: 0, orphans: 0 },
  };
  const refusal = async (status: object) => {
    await mkdir(place.dataFolder, { recursive: true });
    await writeFile(place.journalFile, '');
    const run = async () => ({ status: 1, output: JSON.stringify(status), errors: '' });
    const looked = await refuseInDoubt({ place, language: 'en', left: 'All is there.' }, { ...system, run }).then(
      () => '',
      (error: Error) => error.message,
    );
    await remove(folder);
    return looked;
  };

  test.each([
    [{ unknownPayments: 2 }, 'payments with an unknown outcome: 2'],
    [{ attention: { running: [{}] } }, 'payments that have not ended: 1'],
    [{ outbox: { waiting: 20_000, parked: 0 } }, 'payments that HiPay is yet to be told of: 20000'],
    [{ outbox: { waiting: 0, parked: 1 } }, 'parked registrations: 1'],
    [{ journal: { ...nothing.journal, alarms: 3 } }, 'payments with an alarm: 3'],
    [{ journal: { ...nothing.journal, orphans: 4 } }, 'answers of the terminal that belong to no payment: 4'],
  ])('%j is what a person has yet to look at', async (held, words) => {
    const said = await refusal({ ...nothing, ...held });
    expect(said).toContain(`(${words}). All is there.`);
  });

  test.each([
    ['one that cannot write it', { ...nothing, journal: { ...nothing.journal, writable: false, detail: 'disk full' } }],
    ['one that counts less', { ...nothing, outbox: { waiting: 0 }, problems: ['disk full'] }],
    ['another program', { problems: ['disk full'] }],
  ])('of %s nobody knows what the journal holds', async (_what, status) => {
    expect(await refusal(status)).toContain('cannot be read, so that nobody can say');
    expect(await refusal(status)).toContain('(disk full). All is there.');
  });

  test('nothing in doubt: nothing is said, and of a stopped one it is not asked whether it can write', async () => {
    expect(await refusal(nothing)).toBe('');
    expect(await refusal({ ...nothing, running: false, journal: { alarms: 0, orphans: 0 } })).toBe('');
  });
});
