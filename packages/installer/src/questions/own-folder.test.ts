import { expect, test } from '@jest/globals';
import { canBeItsOwn } from './own-folder.ts';

const onLinux = { platform: 'linux', homeFolder: '/home/anna' } as const;
const onWindows = { platform: 'win32', homeFolder: String.raw`C:\Users\Anna` } as const;

test.each([
  '/',
  '/home/anna',
  '/home/other',
  '/home',
  '/etc',
  '/etc/connector',
  '/dev/connector',
  '/run/connector',
  '/usr/lib',
  '/opt',
])('%s is not for the connector alone', (path) => {
  expect(canBeItsOwn(path, onLinux)).toBe(false);
});

test.each([
  '/home/anna/connector',
  '/home/other/connector',
  '/opt/connector',
  '/srv/till',
  '/usr/local/connector',
  '/connector',
  '/library/till',
])('%s can be', (path) => {
  expect(canBeItsOwn(path, onLinux)).toBe(true);
});

test.each([
  'C:\\',
  'd:\\',
  '\\\\server\\share\\',
  'C:\\Users\\Anna',
  'c:\\users\\anna\\',
  'C:\\Users',
  'C:\\Users\\Other',
  'C:\\Users\\Public',
  'C:\\Windows\\connector',
  'C:\\Program Files (x86)',
])('%s is not for the connector alone', (path) => {
  expect(canBeItsOwn(path, onWindows)).toBe(false);
});

test.each(['C:\\Users\\Anna\\connector', 'D:\\connector', 'C:\\Program Files\\connector', '\\\\server\\share\\till'])(
  '%s can be',
  (path) => {
    expect(canBeItsOwn(path, onWindows)).toBe(true);
  },
);
