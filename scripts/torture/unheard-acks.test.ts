import { expect, test } from '@jest/globals';
import type { Written } from './line-tap.ts';
import { UnheardAcks } from './unheard-acks.ts';

const ackOf = (bytesMasked: string): Written => ({ kind: 'ack', answers: { bytesMasked } });

test('the n-th answer gets its ACK in vain, so often, and no other; an ACK of an ENQ is none of it', () => {
  const unheard = new UnheardAcks([{ kind: 'unheard_ack', station: 0, nth: 2, times: 2 }]);
  const written: Written[] = [
    ...[ackOf('first'), ackOf('first'), { kind: 'ack', answers: 'enquiry' } as const],
    ...[
      ackOf('second'),
      { kind: 'ack', answers: 'enquiry' } as const,
      ackOf('second'),
      ackOf('second'),
      ackOf('third'),
    ],
  ];
  expect(written.map((one) => unheard.strikes(one))).toEqual([false, false, false, true, false, true, false, false]);
});
