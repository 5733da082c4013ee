import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { answersFile, answersText } from './support/answers.ts';
import { madeUpTill, type TillFolder } from './support/made-up-till.ts';
import { deedsOf, ENTER, realSetupAtTerminal, setupAtTerminal, setupWithoutTerminal } from './support/run-setup.ts';

let folder: TillFolder;
beforeEach(() => {
  folder = madeUpTill();
});
afterEach(() => folder.remove());

const run = (args: string[]) => setupWithoutTerminal(folder.till, args);
const plan = () => deedsOf(folder.till)[0]?.plan as { folder: string; values: Record<string, string> };

describe('a folder that an installation cannot have for itself', () => {
  const such = () => `Expected: a folder for the connector alone, such as ${join(folder.root, 'connector')}`;

  test('typed: what is expected, and what was typed stays to be completed', async () => {
    folder.till.installFails = 'not here';
    const setup = setupAtTerminal(folder.till, answersFile(folder, { folder: null }));
    await setup.answers('? Select the installation folder.', '/');
    await setup.sees(`> ${such()}; / is not one`);
    setup.type(`${folder.root}${ENTER}`);
    await setup.sees(`; ${folder.root} is not one`);
    setup.type(`/shop${ENTER}`);
    await setup.sees(`${join(folder.root, 'shop')}\n`);
    await setup.ended();
  });

  test.each(['/', '~', '~/', '.', '/dev/connector'])('given by an option: %s', async (given) => {
    folder.till.installFails = 'it was not refused';
    const { status, errors } = await run([...answersFile(folder), '--folder', given]);
    expect(errors).toContain(`--folder: ${such()}`);
    expect(status).toBe(2);
    expect(deedsOf(folder.till)).toEqual([]);
  });

  test('given in a file of answers', async () => {
    folder.till.installFails = 'it was not refused';
    const { status, errors } = await run([...answersFile(folder, { folder: '/' }), '--yes']);
    expect(status).toBe(2);
    expect(errors).toContain(`answers.yml: ${such()}; / is not one`);
  });

  test('but for one that has been installed there before', async () => {
    folder.till.earlier = { [folder.root]: { config: answersText(folder, { folder: null }) } };
    const { status, errors } = await run([...answersFile(folder), '--folder', '~']);
    expect([status, errors]).toEqual([0, '']);
    expect(plan().folder).toBe(folder.root);
  });

  test('nor is a script of another program replaced', async () => {
    const place = join(folder.root, 'till');
    mkdirSync(place);
    writeFileSync(join(place, 'launch.sh'), 'exec ./till\n');
    const { status, errors } = await run([...answersFile(folder), '--folder', 'till']);
    expect(status).toBe(2);
    expect(errors).toContain(`--folder: ${join(place, 'launch.sh')} belongs to another program`);
  });
});

describe('what is there and is no serial port', () => {
  beforeEach(() => {
    folder.till.noSerialPorts = ['/dev/null'];
  });
  const refused = 'Expected: a serial port, such as /dev/ttyACM0 or /dev/ttyUSB0; /dev/null is something else';

  test('typed: what is expected, and what was typed stays to be corrected', async () => {
    const setup = setupAtTerminal(folder.till, answersFile(folder, { serial_port: null }));
    await setup.answers('? Which serial port', 'hello');
    await setup.sees('> Expected: a device path such as /dev/ttyACM0');
    setup.type(`\u0015/dev/null${ENTER}`);
    await setup.sees(`> ${refused}`);
    setup.type(`0${ENTER}`);
    expect(await setup.ended()).toBe(0);
    expect(plan().values.serial_port).toBe('/dev/null0');
  });

  test('given: without a terminal it is refused, at one the port is chosen', async () => {
    const args = answersFile(folder, { serial_port: '/dev/null' });
    const { status, errors } = await run(args);
    expect(status).toBe(2);
    expect(errors).toContain(`answers.yml: ${refused}`);
    const setup = setupAtTerminal(folder.till, args);
    await setup.sees(`answers.yml: ${refused}`);
    await setup.sees('type a port');
    setup.type(`COM7${ENTER}`);
    expect(await setup.ended()).toBe(0);
    expect(plan().values.serial_port).toBe('COM7');
  });

  test('one that is not plugged in just now is only warned of', async () => {
    folder.till.presence = { at: 'no_such_port' };
    const { status, output } = await run(answersFile(folder, { serial_port: '/dev/ttyACM5' }));
    expect(status).toBe(0);
    expect(output).toContain('There is no port /dev/ttyACM5 now');
  });
});

test('a serial number that can be none: the port, say, that was asked for before', async () => {
  const { status, errors } = await run([...answersFile(folder), '--serial-number', '/dev/ttyACM0']);
  expect(status).toBe(2);
  expect(errors).toContain(
    '--serial-number: found "/dev/ttyACM0", expected the serial number of the terminal: 1 to 64',
  );
  const setup = setupAtTerminal(folder.till, answersFile(folder, { serial_number: null }));
  await setup.answers('? Enter the payment terminal serial number', 'N°12');
  await setup.sees('> Expected: the serial number of the terminal: 1 to 64 digits, letters');
  setup.type(`\u0015N-12${ENTER}`);
  expect(await setup.ended()).toBe(0);
  expect(plan().values.serial_number).toBe('N-12');
});

test('by the program itself, on this machine', async () => {
  const args = answersFile(folder, { serial_port: '/dev/null', folder: '/' });
  const setup = realSetupAtTerminal(folder.root, [...args, '--yes', '--dry-run']);
  expect(await setup.ended()).toBe(2);
  expect(setup.screen()).toMatch(/Expected: a folder for the connector alone.*; \/ is not one/);
  const inOneOfItsOwn = realSetupAtTerminal(folder.root, [...args, '--yes', '--dry-run', '--folder', 'connector']);
  expect(await inOneOfItsOwn.ended()).toBe(2);
  expect(inOneOfItsOwn.screen()).toContain('/dev/null is something else');
});
