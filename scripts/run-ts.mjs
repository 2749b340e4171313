// node scripts/run-ts.mjs [--build] FILE.ts [arguments]: runs a TypeScript program of tests/ (the leak sweep, the benchmark)
// against the built application. Types are not checked here; `npm test` does that.
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { transformSync } from '@swc/core';
import { buildIfNeeded } from './build-if-needed.mjs';
import { fail } from './lib/fail.mjs';

const require = createRequire(import.meta.url);

require.extensions['.ts'] = (module, file) => {
  const { code } = transformSync(readFileSync(file, 'utf8'), {
    filename: file,
    sourceMaps: 'inline',
    jsc: { parser: { syntax: 'typescript' }, target: 'es2022' },
    // import() stays itself, so that packages which are ES modules only can be loaded.
    module: { type: 'commonjs', ignoreDynamic: true },
  });
  module._compile(code, file);
};
process.setSourceMapsEnabled(true);

const [first, ...others] = process.argv.slice(2);
const build = first === '--build';
const [file, ...rest] = build ? others : [first, ...others];

try {
  if (build) await buildIfNeeded();
  process.argv = [process.argv[0], path.resolve(file), ...rest];
  require(path.resolve(file));
} catch (error) {
  fail(error);
}
