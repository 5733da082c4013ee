import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { answersFile } from './support/answers.ts';
import { madeUpTill, type TillFolder } from './support/made-up-till.ts';
import { deedsOf, setupWithoutTerminal } from './support/run-setup.ts';

let folder: TillFolder;
beforeEach(() => {
  folder = madeUpTill();
});
afterEach(() => folder.remove());

const values = () => (deedsOf(folder.till)[0] as { plan: { values: Record<string, string> } }).plan.values;
const passwords = async (args: string[], variables: Record<string, string>) => {
  await setupWithoutTerminal(folder.till, [...answersFile(folder), ...args], variables);
  return [values().hipay_password, values().api_password];
};

test('the environment wins over the file of answers', async () => {
  const variables = { HIPAY_PASSWORD: 'of the environment', TP_MANAGER_API_PASSWORD: 'too' };
  expect(await passwords([], variables)).toEqual(['of the environment', 'too']);
});

test('an option wins over both', async () => {
  const variables = { HIPAY_PASSWORD: 'of the environment', TP_MANAGER_API_PASSWORD: 'too' };
  const args = ['--hipay-password', 'of the option', '--api-password', 'too, of it'];
  expect(await passwords(args, variables)).toEqual(['of the option', 'too, of it']);
});

test('a variable that is empty says nothing', async () => {
  expect(await passwords([], { HIPAY_PASSWORD: '', TP_MANAGER_API_PASSWORD: '' })).toEqual([
    'Test_1234567',
    'till secret',
  ]);
});

test('a file that a program of Windows has saved, with its mark before the first letter, is read as any other', async () => {
  const [, file = ''] = answersFile(folder, { folder: null });
  writeFileSync(file, `\uFEFFfolder: ${join(folder.root, 'till')}\r\n${readFileSync(file, 'utf8')}`);
  writeFileSync(join(folder.root, 'secret.txt'), '\uFEFFpass word\r\n');
  const args = ['--answers', file, '--hipay-password-file', 'secret.txt'];
  const { status, errors } = await setupWithoutTerminal(folder.till, args);
  expect([status, errors]).toEqual([0, '']);
  expect(deedsOf(folder.till)[0]?.plan).toMatchObject({
    folder: join(folder.root, 'till'),
    values: { hipay_password: 'pass word' },
  });
});

test('of a file with both contracts an option takes one', async () => {
  const contract = '{ proxy: { merchant_id: 1234567 }, nfc: { merchant_id: 1234568 } }';
  await setupWithoutTerminal(folder.till, [...answersFile(folder, { contract }), '--contract', 'nfc', '--yes']);
  const contracts = Object.keys(values()).filter((key) => key.startsWith('contract.'));
  expect(contracts).toEqual(['contract.nfc.payment_application', 'contract.nfc.merchant_id', 'contract.nfc.rank']);
});
