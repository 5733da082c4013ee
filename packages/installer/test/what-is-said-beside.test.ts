import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { answersFile } from './support/answers.ts';
import { madeUpTill, type TillFolder } from './support/made-up-till.ts';
import { setupAtTerminal, setupWithoutTerminal } from './support/run-setup.ts';

let folder: TillFolder;
beforeEach(() => {
  folder = madeUpTill();
});
afterEach(() => folder.remove());

/** The configuration as it is printed. */
const printed = (text: string) =>
  JSON.parse(text.slice(text.indexOf('{'), text.lastIndexOf('}') + 1)) as Record<string, unknown>;

test('the log of an unattended setup shows what was set beside the documented keys; the dialogue those alone', async () => {
  const url = 'http://127.0.0.1:9999/rest/';
  const args = answersFile(folder, { hipay_gateway_url: url, hipay_hash_key: 'hash me', log_days: '7' });
  const { output } = await setupWithoutTerminal(folder.till, args);
  expect(output).not.toContain('hash me');
  expect(Object.entries(printed(output)).slice(-4)).toEqual([
    ['contract', expect.anything()],
    ['hipay_hash_key', '[hidden]'],
    ['hipay_gateway_url', url],
    ['log_days', '7'],
  ]);
  const rehearsed = await setupWithoutTerminal(folder.till, [...args, '--dry-run']);
  expect(printed(rehearsed.output)).toHaveProperty('hipay_gateway_url', url);
  const unattended = setupAtTerminal(folder.till, [...args, '--yes']);
  expect(await unattended.ended()).toBe(0);
  expect(printed(unattended.screen())).toMatchObject({ hipay_hash_key: 'hash me' });
  const setup = setupAtTerminal(folder.till, args);
  expect(await setup.ended()).toBe(0);
  expect(Object.keys(printed(setup.screen())).at(-1)).toBe('contract');
});

test('and nothing but the documented keys where nothing was set', async () => {
  const { output } = await setupWithoutTerminal(folder.till, answersFile(folder));
  expect(Object.keys(printed(output)).at(-1)).toBe('contract');
});

test.each([
  ['en_US.UTF-8', 'It was installed as root: it runs as root'],
  ['fr_FR.UTF-8', 'Il a été installé en root : il tourne en root'],
])(
  'the log of an unattended setup tells root what that means, %s; the documented dialogue stays as it is',
  async (locale, sentence) => {
    folder.till.locale = locale;
    expect((await setupWithoutTerminal(folder.till, answersFile(folder))).output).not.toContain(sentence);
    folder.till.isRoot = true;
    expect((await setupWithoutTerminal(folder.till, answersFile(folder))).output).toContain(sentence);
    const setup = setupAtTerminal(folder.till, answersFile(folder));
    expect(await setup.ended()).toBe(0);
    expect(setup.screen()).not.toContain(sentence);
  },
);
