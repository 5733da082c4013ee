import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';

// The programs and threads that the stories start are the same ones again and again: they are compiled once.
process.env.NODE_COMPILE_CACHE ??= join(tmpdir(), 'hipay-desktop-connector-tests');

/** The project's TypeScript is erasable, so Node itself strips the types: the tests run the very source that the programs run. */
export default {
  testEnvironment: './scripts/jest-environment.js',
  testSequencer: './scripts/jest-stories-first.js',
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '\\.ts$': './scripts/jest-strip-types.js' },
  globalSetup: './scripts/jest-one-file.js',
  // Not .cache and out, which hold whole systems.
  roots: ['<rootDir>/packages', '<rootDir>/scripts'],
  testMatch: ['<rootDir>/packages/*/{src,test}/**/*.test.ts', '<rootDir>/scripts/**/*.test.ts'],
  modulePathIgnorePatterns: ['<rootDir>/(out|build|.cache)/'],
  // Never reached on a machine that is free; one that is busy starts programs slowly.
  testTimeout: 120_000,
  // The stories wait for processes more than they compute.
  maxWorkers: 3 * availableParallelism(),
};
