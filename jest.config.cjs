const swc = require.resolve('@swc/jest');

/** Compiles what the tests import; types are checked by tsc. */
const transform = {
  '^.+\\.(ts|tsx|mjs)$': [
    swc,
    {
      jsc: {
        target: 'es2022',
        parser: { syntax: 'typescript', tsx: true },
        transform: { react: { runtime: 'automatic' } },
      },
      module: { type: 'commonjs' },
    },
  ],
};

/** @type {import('jest').Config} Unit tests: beside the code that they test; those of the whole in a model are in tests/model. */
module.exports = {
  displayName: 'unit',
  testEnvironment: 'node',
  roots: ['<rootDir>/src', '<rootDir>/scripts', '<rootDir>/tests/model', '<rootDir>/tests/leaks'],
  testMatch: ['**/*.test.{ts,tsx}'],
  moduleFileExtensions: ['ts', 'tsx', 'js', 'mjs', 'cjs', 'json'],
  // Built copies of the same modules must not compete with their sources.
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/src/plugins/[^/]+/dist/'],
  transform,
  restoreMocks: true,
  // By itself it leaves a core free, which on two of them is half.
  maxWorkers: 2,
};
