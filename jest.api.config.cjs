const { transform, moduleFileExtensions } = require('./jest.config.cjs');

/** @type {import('jest').Config} Tests of the booted application, on the database that TEST_DATABASE names. */
module.exports = {
  displayName: `api on ${process.env.TEST_DATABASE || 'sqlite'}`,
  testEnvironment: 'node',
  roots: ['<rootDir>/tests/api'],
  testMatch: ['**/*.test.ts'],
  moduleFileExtensions,

  transform,
  globalSetup: '<rootDir>/tests/support/jest-setup.mjs',
  globalTeardown: '<rootDir>/tests/support/jest-teardown.mjs',
  testTimeout: 120_000,
  maxWorkers: 2,
  // An application does not give back all its memory when it is stopped: a worker that holds more than this is replaced,
  // so in effect every file has a process of its own.
  workerIdleMemoryLimit: '200MB',
};
