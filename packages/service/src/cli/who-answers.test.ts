import { expect, test } from '@jest/globals';
import { strangeAnswer } from './who-answers.ts';

test.each([
  [200, {}, undefined],
  [404, { errorCode: '1103' }, undefined],
  [503, { errorCode: '1000', terminal: {} }, undefined],
  [401, { errorCode: '1101' }, /other credentials than config\.yml.*'tp-manager stop', then launch/],
  [401, undefined, /another program answers \(HTTP status 401\).*local_port/],
  [404, { message: 'no such page' }, /another program answers \(HTTP status 404\)/],
])('%d with %j', (status, body, said) => {
  if (said === undefined) expect(strangeAnswer({ status, body })).toBeUndefined();
  else expect(strangeAnswer({ status, body })).toMatch(said);
});
