// The application that the browser tests walk through: the demo company on a temporary database, without .env.
// E2E_DIR says where, so that a test can reach the database as the passing of time would; left out, it is anywhere.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { startDemo } from './lib/demo.mjs';
import { randomSecrets } from './lib/env.mjs';
import { fail } from './lib/fail.mjs';

const dir = process.env.E2E_DIR || mkdtempSync(path.join(os.tmpdir(), 'governance-e2e-'));
mkdirSync(dir, { recursive: true });
Object.assign(process.env, randomSecrets(), { HOST: '127.0.0.1', PORT: '1447' });

try {
  const { strapi } = await startDemo({ dir: path.join(dir, 'demo') });
  // Not on the process's exit: Strapi takes all listeners off the process when it ends.
  const destroy = strapi.destroy.bind(strapi);
  strapi.destroy = async () => {
    await destroy();
    rmSync(dir, { recursive: true, force: true });
  };
} catch (error) {
  rmSync(dir, { recursive: true, force: true });
  fail(error);
}
