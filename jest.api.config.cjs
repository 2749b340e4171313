const { transform, moduleFileExtensions } = require('./jest.config.cjs');

/** @type {import('jest').Config} Tests of the booted application, on the database that TEST_DATABASE names. */
module.exports = {
  displayName: `api on ${process.env.TEST_DATABASE || 'sqlite'}`,
  testEnvironment: '<rootDir>/tests/support/jest-environment.cjs',
  // What the environment shares with the tests is not theirs to clean up.
  testEnvironmentOptions: { globalsCleanup: 'off' },
  roots: ['<rootDir>/tests/api'],
  testMatch: ['**/*.test.ts'],
  moduleFileExtensions,

  transform,
  globalSetup: '<rootDir>/tests/support/jest-setup.mjs',
  globalTeardown: '<rootDir>/tests/support/jest-teardown.mjs',
  testTimeout: 120_000,
  maxWorkers: 2,
  // An application does not give back all its memory when it is stopped: a worker that holds more than this is replaced.
  workerIdleMemoryLimit: '1GB',
};
