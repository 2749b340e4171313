import { fileURLToPath } from 'node:url';
import path from 'node:path';

/** The repository's root: every script works from here, wherever it was called. */
export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');

export const distDir = path.join(root, 'dist');
export const pluginDir = path.join(root, 'src/plugins/customer-governance');

/** The file behind a package's command line, run with our own node: works the same on every platform. */
export const bin = {
  strapi: path.join(root, 'node_modules/@strapi/strapi/bin/strapi.js'),
  strapiPlugin: path.join(root, 'node_modules/@strapi/sdk-plugin/bin/strapi-plugin.js'),
  tsc: path.join(root, 'node_modules/typescript/bin/tsc'),
  eslint: path.join(root, 'node_modules/eslint/bin/eslint.js'),
  prettier: path.join(root, 'node_modules/prettier/bin/prettier.cjs'),
  depcruise: path.join(root, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs'),
  jest: path.join(root, 'node_modules/jest/bin/jest.js'),
  playwright: path.join(root, 'node_modules/@playwright/test/cli.js'),
};
