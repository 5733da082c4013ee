import { execSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { howToStart } from './how-to-start.ts';

let root: string;
let folder: string;
let dataFolder: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'how-to-start-'));
  folder = root;
  dataFolder = join(folder, 'hipay', 'ecr-connector', 'bin', 'data');
  mkdirSync(dataFolder, { recursive: true });
});
afterEach(() => rmSync(root, { recursive: true }));

const start = (configFile: string) => howToStart({ dataFolder, configFile, program: 'npx tp-manager' });

test.each(['launch.sh', 'launch.cmd'])('an installation: its own %s', (name) => {
  writeFileSync(join(folder, name), '');
  expect(start(join(dataFolder, 'config.yml'))).toBe(join(folder, name));
});

// Windows allows no such names, and has no such shell.
const onPosix = process.platform === 'win32' ? test.skip : test;

onPosix('in a folder whose name is of several words: as the shell takes it', () => {
  folder = join(folder, "the till's, 100 % $HOME");
  dataFolder = join(folder, 'hipay', 'ecr-connector', 'bin', 'data');
  mkdirSync(dataFolder, { recursive: true });
  writeFileSync(join(folder, 'launch.sh'), '#!/bin/sh\necho started\n', { mode: 0o755 });
  expect(execSync(start(join(dataFolder, 'config.yml')), { encoding: 'utf8' })).toBe('started\n');
});

test('a launch that only happens to stand four folders up is none of ours', () => {
  writeFileSync(join(folder, 'launch.sh'), '');
  dataFolder = join(folder, 'a', 'b', 'c', 'data');
  expect(start(join(dataFolder, 'config.yml'))).toBe(`npx tp-manager --config ${join(dataFolder, 'config.yml')}`);
});

test('a configuration of one’s own, where there is no launch: the program with it', () => {
  expect(start('/tmp/till/config.yml')).toBe('npx tp-manager --config /tmp/till/config.yml');
  expect(start('/tmp/my till/config.yml')).toBe("npx tp-manager --config '/tmp/my till/config.yml'");
});
