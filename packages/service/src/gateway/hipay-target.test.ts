import { hipayTarget } from './hipay-target.ts';

test.each([
  ['dev' as const, 'https://stage-secure-gateway.hipay-tpp.com/rest/'],
  ['prod' as const, 'https://secure-gateway.hipay-tpp.com/rest/'],
])('%s goes to %s', (environment, url) => {
  expect(hipayTarget({ environment, hipayLogin: 'me' })).toEqual({ environment, url, login: 'me' });
});

test('a configured address comes first, and ends in a slash', () => {
  const config = { environment: 'dev', hipayGatewayUrl: 'http://127.0.0.1:8081/rest', hipayLogin: 'me' } as const;
  expect(hipayTarget(config).url).toBe('http://127.0.0.1:8081/rest/');
});
