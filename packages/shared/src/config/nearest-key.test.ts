import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { fieldKeys } from './fields.ts';
import { nearestKey } from './nearest-key.ts';

test.each([
  ['serial_prot', 'serial_port'],
  ['Serial-Port', 'serial_port'],
  ['serialport', 'serial_port'],
  ['baud_rate', 'baudRate'],
  ['baudrate', 'baudRate'],
  ['lokal_port', 'local_port'],
  ['hipay_pasword', 'hipay_password'],
  ['update_tiem', 'update_time'],
  ['loglevel', 'log_level'],
  ['colour', undefined],
  ['x', undefined],
  ['', undefined],
])('%p most likely meant %p', (name, key) => expect(nearestKey(name, fieldKeys)).toBe(key));

test('one swapped pair of letters never hides a key', () => {
  fc.assert(
    fc.property(fc.constantFrom(...fieldKeys), fc.nat(), (key, anywhere) => {
      const at = anywhere % (key.length - 1);
      const swapped = key.slice(0, at) + key[at + 1] + key[at] + key.slice(at + 2);
      expect(nearestKey(swapped, [key])).toBe(key);
    }),
  );
});
