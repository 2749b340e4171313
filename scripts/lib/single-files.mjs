// Puts what runs by itself into one file each: its modules one behind the other, without types. Comments stay, for whoever is
// handed an export must be able to read what verifies it.
import { existsSync } from 'node:fs';
import path from 'node:path';
import { rollup } from 'rollup';
import ts from 'typescript';
import { pluginDir } from './paths.mjs';

const source = path.join(pluginDir, 'server/src/transparency/verifier/main.ts');
export const verifierFile = path.join(pluginDir, 'dist/verifier/verify.mjs');

const banner = `#!/usr/bin/env node
// Verifies an exported audit log offline: node verify.mjs --help
// Needs nothing but Node.js 18 or newer. Made from server/src/transparency of Customer Governance for Strapi.`;

const typescript = {
  name: 'typescript',
  resolveId: (id, importer) => {
    const file = importer && id.startsWith('.') && path.resolve(path.dirname(importer), `${id}.ts`);
    return file && existsSync(file) ? file : null;
  },
  transform: (code, file) =>
    ts.transpileModule(code, {
      fileName: file,
      compilerOptions: { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022 },
    }).outputText,
};

async function bundleInto(file, input, banner = '') {
  const bundle = await rollup({ input, external: /^node:/, plugins: [typescript] });
  try {
    await bundle.write({ file, format: 'es', banner });
  } finally {
    await bundle.close();
  }
}

export const buildVerifier = (file = verifierFile) => bundleInto(file, source, banner);

/** The thread that seals imports: Node begins a thread with a file. */
export const buildSealingThread = () =>
  bundleInto(
    path.join(pluginDir, 'dist/sealing-thread/main.mjs'),
    path.join(pluginDir, 'server/src/vault/sealing-thread/main.ts')
  );

/** The thread that brings SQLite's write-ahead log into the database while much is written. */
export const buildCheckpointThread = () =>
  bundleInto(
    path.join(pluginDir, 'dist/sqlite-checkpoints/main.mjs'),
    path.join(pluginDir, 'server/src/sqlite-checkpoints/main.ts')
  );
