import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { refuseWhenListening, requireBuilt, startApp } from './app.mjs';

/**
 * Starts the application with the demo company in a folder of its own, so that neither the demo nor its reset can touch
 * the data of `npm start`.
 *
 * `scripts/demo/seed.ts` provides
 * - `seedDemo(strapi, { progress: (line: string) => void }): Promise<void>`, called once on an empty, loaded application;
 * - `demoLogins: { role: string, email: string, password: string }[]`.
 * @param {{ dir: string, reset?: boolean }} options
 */
export async function startDemo({ dir, reset = false }) {
  await refuseWhenListening(reset ? 'before a reset' : 'first');

  const seeded = path.join(dir, 'seeded');
  if (reset) {
    rmSync(dir, { recursive: true, force: true });
    console.log(`Removed ${dir}`);
  } else if (existsSync(dir) && !existsSync(seeded)) {
    rmSync(dir, { recursive: true, force: true });
    console.log('The demo data was not finished last time: beginning anew.');
  }
  mkdirSync(dir, { recursive: true, mode: 0o700 });

  Object.assign(process.env, {
    DEMO: 'true',
    DATABASE_FILENAME: path.join(dir, 'data.db'),
    GOVERNANCE_KEYS_FILENAME: path.join(dir, 'keys.db'),
    GOVERNANCE_FILES_DIRECTORY: path.join(dir, 'files'),
  });
  // The demo is always in its own SQLite files, whatever the settings say of a real database.
  if (process.env.DATABASE_URL) console.log('DATABASE_URL is left aside for the demo.');
  delete process.env.DATABASE_URL;
  delete process.env.GOVERNANCE_KEYS_URL;

  const { seedDemo, demoLogins } = loadSeed();
  const beforeListen = async (app) => {
    if (existsSync(seeded)) return;
    console.log('Filling the database with the demo company …');
    await seedDemo(app, { progress: (line) => console.log(`  ${line}`) });
    writeFileSync(seeded, `${new Date().toISOString()}\n`);
  };
  const strapi = await startApp({ quiet: true, beforeListen });
  return { strapi, demoLogins };
}

function loadSeed() {
  try {
    return requireBuilt('scripts/demo/seed.js');
  } catch (error) {
    throw new Error('The demo company (scripts/demo/seed.ts) is missing or does not load.', {
      cause: error,
    });
  }
}
