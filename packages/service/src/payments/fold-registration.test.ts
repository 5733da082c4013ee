import { describe, expect, test } from '@jest/globals';
import type { FactBody } from './fact.ts';
import { after, way } from './fold.fixture.ts';
import {
  answered,
  lookedUp,
  notRegistered,
  parked,
  paymentOf,
  registered,
  registering,
  settled,
} from './payment.fixture.ts';

describe('the registration', () => {
  const status = (...more: FactBody[]) => after('approved', ...more).registration;

  test('money taken is due; what was not taken is not', () => {
    expect(status().status).toBe('due');
    for (const name of ['running', 'refused', 'unknown', 'neverAsked', 'contradicted']) {
      expect(paymentOf(way(name)).registration.status).toBe('none');
    }
  });

  test('an attempt: it is counted, and where it goes is fixed', () => {
    const target = { environment: 'prod', url: 'https://other/', login: 'x' } as const;
    expect(status(registering(1, { hipayOrderId: 'own', merchantId: 'M', target }))).toMatchObject({
      status: 'registering',
      attempts: 1,
      bytesLeft: 1,
      hipayOrderId: 'own',
      merchantId: 'M',
      target,
    });
  });

  test.each([
    ['a refused connection', { bytesLeft: false, fateKnown: false }, 'due', 0],
    ['a broken connection', { bytesLeft: true, fateKnown: false }, 'unclear', 1],
    ['a refusal of HiPay', { bytesLeft: true, fateKnown: true }, 'due', 1],
  ] as const)('%s: bytes that left are counted, an unknown fate is looked up', (_name, fate, expected, bytesLeft) => {
    expect(status(registering(), notRegistered(fate))).toMatchObject({ status: expected, bytesLeft, attempts: 1 });
  });

  test('the counts go on over attempts', () => {
    const second = status(
      registering(),
      notRegistered({ bytesLeft: false }),
      registering(2),
      notRegistered(),
      lookedUp,
      registering(3),
    );
    expect(second).toMatchObject({ status: 'registering', attempts: 3, bytesLeft: 2 });
  });

  test('looked up in vain: it may be sent again', () => {
    expect(status(registering(), notRegistered(), lookedUp).status).toBe('due');
  });

  test('a dropped cart stays dropped', () => {
    const dropped = notRegistered({ fateKnown: true, dropCart: true });
    expect(status(registering(), dropped, registering(2), notRegistered()).cartDropped).toBe(true);
  });

  test('registered: the reference is kept, and the failure before is forgotten', () => {
    const done = status(registering(), notRegistered(), registered);
    expect(done).toMatchObject({ status: 'registered', reference: '800001' });
    expect(done).not.toHaveProperty('detail');
  });

  test('parked: it says why', () => {
    expect(status(registering(), parked)).toMatchObject({
      status: 'parked',
      detail: '3010001: currency not supported',
    });
  });

  test('a second approval never begins a second registration', () => {
    expect(status(registering(), registered, answered('0', { bytesMasked: 'again' })).status).toBe('registered');
    expect(status(registering(), parked, settled('approved')).status).toBe('parked');
  });
});
