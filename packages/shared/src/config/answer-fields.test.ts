import { describe, expect, test } from '@jest/globals';
import { answerFields } from './answer-fields.ts';
import { type FieldKey, fieldKeys, fields } from './fields.ts';
import { configOf, good } from './parse-config.fixture.ts';
import { readAnswers } from './read-answers.ts';

describe('a serial number', () => {
  const odd = ['/dev/ttyACM0', 'tcp://host:1', '***', 'n° 12', '1'.repeat(65), '-1', '(12)'];

  test.each(odd)('%s is none that may be answered, in a file of answers either', (text) => {
    expect(answerFields.serial_number.parse(text)).toEqual({ ok: false, expected: expect.stringContaining('1 to 64') });
    const answers = readAnswers(`serial_number: ${JSON.stringify(text)}\n`, { table: answerFields });
    expect(answers.texts).toEqual({});
    expect(answers.problems).toEqual([expect.objectContaining({ key: 'serial_number', line: 1, column: 16 })]);
  });

  test.each(odd)('%s that stands in the config.yml of an installed till is read', (text) => {
    const config = good.replace('serial_number: SN_123', `serial_number: ${JSON.stringify(text)}`);
    expect(configOf(config).serialNumber).toBe(text);
    expect(readAnswers(config)).toMatchObject({ texts: { serial_number: text }, problems: [] });
  });

  test.each(['00000012345678', ' 19226CT 2408-4556 ', '7', 'SN_123', '1'.repeat(64)])('%s may be answered', (text) => {
    expect(answerFields.serial_number.parse(text)).toEqual({ ok: true, value: text.trim() });
  });
});

test('what may be answered can be read', () => {
  const others = fieldKeys.filter((key: FieldKey) => answerFields[key] !== fields[key]);
  expect(others).toEqual(['serial_number']);
  for (const text of ['7', 'SN_123', '1'.repeat(64)]) expect(fields.serial_number.parse(text).ok).toBe(true);
});
