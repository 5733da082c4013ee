import { describe, expect, test } from '@jest/globals';
import { describeError, type ErrorAbout, type Language } from './errors.ts';

const detail = '/dev/ttyACM0 is in use by another program';

describe('what to do where the terminal was not reached (1004)', () => {
  test.each<Language>(['en', 'fr'])('in %s the red key is spoken of only where a terminal is there', (language) => {
    for (const notSentBecause of ['absent', 'refused', 'cancelled'] as const) {
      expect(describeError('1004', language, { detail, notSentBecause })).not.toMatch(/red key|touche rouge/);
    }
  });

  test.each<[Language, ErrorAbout['notSentBecause'], string]>([
    ['en', 'silent', 'press the red key on the terminal'],
    ['en', 'busy', 'press the red key on the terminal'],
    ['en', 'absent', `${detail}. Nothing was charged: have that put right, then ask`],
    ['fr', 'absent', "Rien n'a été encaissé : faites-le corriger"],
    ['en', 'refused', 'have serial_port, baudRate, dataBits and parity in config.yml'],
    ['en', 'cancelled', 'Nothing was charged: ask again.'],
    ['en', undefined, 'press the red key on the terminal'],
  ])('in %s, %s', (language, notSentBecause, part) => {
    expect(describeError('1004', language, { detail, ...(notSentBecause && { notSentBecause }) })).toContain(part);
  });
});
