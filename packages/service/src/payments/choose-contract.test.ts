import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { chooseContract } from './choose-contract.ts';
import { NFC, PROXY } from './payment.fixture.ts';

const ANY = { paymentApplication: '000', merchantId: 'ANY0001', rank: '003' };
const both = { proxy: PROXY, nfc: NFC };

test.each([
  ['the one configured with the application', '00B', both, 'NFC0001', false],
  ['the one configured with the application', '001', both, 'PROXY01', false],
  ['named goes before any', '00B', { proxy: ANY, nfc: NFC }, 'NFC0001', false],
  ['else the one for any', '00D', { proxy: ANY, nfc: NFC }, 'ANY0001', false],
  ['else the one for any', '00D', { proxy: PROXY, nfc: ANY }, 'ANY0001', false],
  ['else the only one', '00Z', { proxy: PROXY }, 'PROXY01', false],
  ['else the only one', '001', { nfc: NFC }, 'NFC0001', false],
  ['else nfc for contactless, with a warning', '00D', both, 'NFC0001', true],
  ['else nfc for contactless, with a warning', '00G', both, 'NFC0001', true],
  ['else proxy, with a warning', '00Z', both, 'PROXY01', true],
  ['the application is not known: proxy, with a warning', undefined, both, 'PROXY01', true],
])('%s (%s)', (_rule, application, contracts, merchantId, warned) => {
  const chosen = chooseContract(application, contracts);
  expect(chosen?.contract.merchantId).toBe(merchantId);
  expect(chosen?.warning !== undefined).toBe(warned);
});

test('the warning names the application and the contract', () => {
  const { warning } = chooseContract('00Z', both) ?? {};
  expect(warning).toContain('00Z');
  expect(warning).toContain('PROXY01');
});

test('rule 14: where any contract is configured, every application has one', () => {
  const contracts = fc.constantFrom({ proxy: PROXY }, { nfc: NFC }, both);
  fc.assert(
    fc.property(fc.option(fc.string(), { nil: undefined }), contracts, (application, configured) => {
      expect(Object.values(configured)).toContain(chooseContract(application, configured)?.contract);
    }),
  );
});

test('no contract at all: none', () => expect(chooseContract('00B', {})).toBeUndefined());
