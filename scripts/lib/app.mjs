import { mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { distDir, pluginDir, root } from './paths.mjs';

// Strapi and the built plugin have to share one copy of `@strapi/utils`, or its errors are not recognised and turn into
// 500s. The plugin is loaded by `require`; so is Strapi, although this file is a module.
const require = createRequire(import.meta.url);

/** Loads one of the application's compiled files. */
export const requireBuilt = (file) => require(path.join(distDir, file));

/** The built plugin itself, for what works without an application. */
export const requirePlugin = () => require(path.join(pluginDir, 'dist/server/index.js')).default;

/** Where the server will listen, by the same variables and defaults as `config/server.ts`. */
const address = () => ({
  host: process.env.HOST || '127.0.0.1',
  port: Number(process.env.PORT) || 1337,
});

/** Whether something answers at the address that the server wants. */
export function isListening({ host, port } = address()) {
  return new Promise((resolve) => {
    const socket = net.connect({ host: host === '0.0.0.0' ? '127.0.0.1' : host, port });
    const answer = (yes) => () => {
      socket.destroy();
      resolve(yes);
    };
    socket.once('connect', answer(true)).once('error', answer(false));
  });
}

export async function refuseWhenListening(what) {
  if (!(await isListening())) return;
  const { host, port } = address();
  throw new Error(
    `Something is already listening at ${host}:${port}. Stop it ${what}, or set PORT to a free port.`
  );
}

/** Takes settings from `.env`; what the process's own environment says wins. */
export function applyEnv(values) {
  for (const [name, value] of Object.entries(values)) process.env[name] ??= value;
}

/**
 * Loads the built application with the settings of `process.env` alone; it does not listen.
 * @param {object} [options]
 * @param {boolean} [options.quiet] hides what Strapi tells of its first start: dozens of lines on its own tables
 * @param {(strapi: import('@strapi/types').Core.Strapi) => Promise<void>} [options.then] work before anything else
 */
export async function loadApp({ quiet = false, then } = {}) {
  process.env.ENV_PATH = os.devNull; // Strapi would read .env again, also what was left out on purpose
  process.chdir(root);
  for (const file of [databaseFile(), keysFile()]) {
    mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
  }

  const { createStrapi } = require('@strapi/strapi');
  const strapi = createStrapi({ appDir: root, distDir });
  const { level } = strapi.log;
  if (quiet) strapi.log.level = 'warn';
  try {
    await strapi.load();
    await then?.(strapi);
  } catch (error) {
    strapi.stopWithError(error);
  }
  strapi.log.level = level;
  return strapi;
}

/**
 * Loads the application and lets it listen.
 * @param {{ quiet?: boolean, beforeListen?: (strapi: import('@strapi/types').Core.Strapi) => Promise<void> }} [options]
 */
export async function startApp({ quiet, beforeListen } = {}) {
  const strapi = await loadApp({ quiet, then: beforeListen });
  await strapi.start();
  return strapi;
}

const databaseFile = () => path.resolve(process.env.DATABASE_FILENAME || '.data/data.db');
const keysFile = () => path.resolve(process.env.GOVERNANCE_KEYS_FILENAME || '.data/keys.db');

/** The panel's address as a person types it. */
export const panelAddress = (strapi) => strapi.config.get('admin.absoluteUrl');
