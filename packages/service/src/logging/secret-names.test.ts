import { cleanerOf } from '@hipay-ecr/shared/clean-text.ts';
import { textOf } from './log-text.ts';

// Of nobody that the configuration knows: by its name alone it is known not to be shown.
test.each([
  ['hipay_password'],
  ['oldPasswd'],
  ['client_secret'],
  ['Authorization'],
  ['set-cookie'],
  ['hipay_hash_key'],
  ['hashKey'],
  ['auth'],
])('the value of %s is shown nowhere: as a field, and inside of one', (name) => {
  const text = textOf('It failed.', { [name]: 'gu:ess', about: [{ [name]: 'gu:ess' }], n: 1 }, cleanerOf([]));
  expect(text).not.toContain('gu:ess');
  expect(text).toMatch(/=.*\[hidden\].*\[hidden\].* n=1$/);
});

test('a name that only has such a word near it is shown', () => {
  expect(textOf('Asked.', { author: 'Anna', hipayOrderId: 'A-1' }, cleanerOf([]))).toBe(
    'Asked. author=Anna hipayOrderId=A-1',
  );
});
