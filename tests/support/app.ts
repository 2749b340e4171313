import { existsSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import type { Core } from '@strapi/strapi';
import supertest from 'supertest';
import { createHome, type DatabaseKind, type Home } from './home';

const appDir = path.resolve(__dirname, '../..');
const distDir = path.join(appDir, 'dist');

/**
 * Loads a module of the application or of Strapi: by Node, whatever runs the tests, see jest-environment.cjs. And by require,
 * as the plugin does: of the ES modules there would be a second copy, whose errors the first does not recognise.
 */
export const load: (name: string) => unknown =
  (globalThis as { nativeRequire?: NodeJS.Require }).nativeRequire ?? require;

export interface BootOptions {
  /** Boots this installation again instead of a new one; it is the caller's to remove. */
  home?: Home;
  /** Environment variables over those of the installation. */
  env?: Record<string, string>;
  /** Merged into the policy of `config/plugins.ts`, and over `BASE`; lists are replaced, not merged. */
  policy?: Record<string, unknown>;
  /** Called before the application loads: the place for `strapi.config.set`. */
  configure?: (strapi: Core.Strapi) => void;
  logLevel?: 'error' | 'warn' | 'info' | 'http' | 'debug';
}

export interface BootedApp {
  strapi: Core.Strapi;
  /** Sends requests to the application over HTTP, without cookies. */
  request: ReturnType<typeof supertest>;
  url: string;
  home: Home;
  database: DatabaseKind;
  dir: string;
  /** Stops the application, restores `process.env` and removes the installation unless the caller brought it. */
  close(): Promise<void>;
}

/** Boots the built application as it is, on a database of its own. One at a time in a process. */
export async function bootApp(options: BootOptions = {}): Promise<BootedApp> {
  if (!existsSync(path.join(distDir, 'src/index.js'))) {
    throw new Error('The application is not built: run "npm run build" first.');
  }
  const home = options.home ?? (await createHome());
  const restoreEnv = replaceEnv({ ...home.env, ...options.env });
  const restorePolicy = overridePolicy(options.policy);
  let strapi: Core.Strapi | undefined;

  const ownListeners = keepListeners();

  const close = async () => {
    try {
      await ownListeners(async () => strapi?.destroy());
    } finally {
      restorePolicy();
      restoreEnv();
      if (!options.home) await home.remove();
    }
  };

  try {
    // Not at the top, because Strapi reads .env when it is first loaded, which has no place in a test.
    const { createStrapi } = load('@strapi/strapi') as typeof import('@strapi/strapi');
    strapi = createStrapi({ appDir, distDir });
    strapi.log.level = options.logLevel ?? 'warn';
    strapi.config.set('dirs.static.public', path.join(home.dir, 'public'));
    options.configure?.(strapi);
    await strapi.load();
    // Strapi counts log-ins in the process, which several applications share here. A plugin's settings are there once it is loaded.
    for (const counted of ['admin.rateLimit', 'plugin::users-permissions.ratelimit']) {
      strapi.config.set(`${counted}.enabled`, false);
    }
    strapi.server.mount();
    const url = await listen(strapi);
    return {
      strapi,
      request: supertest(url),
      url,
      home,
      database: home.database,
      dir: home.dir,
      close,
    };
  } catch (error) {
    // What stopped the start is the news, not what then fails in taking down a half-started application.
    await close().catch(() => undefined);
    throw error;
  }
}

/**
 * Strapi takes all listeners off the process when it ends, also those of whoever runs the tests.
 * @returns what ends it without that: only listeners that came since now are taken off.
 */
function keepListeners(): (end: () => Promise<void>) => Promise<void> {
  const all = () =>
    process.eventNames().map((event) => [event, process.rawListeners(event as 'exit')] as const);
  const before = new Map(all());
  return async (end) => {
    const { removeAllListeners } = process;
    process.removeAllListeners = () => process;
    try {
      await end();
    } finally {
      process.removeAllListeners = removeAllListeners;
      for (const [event, listeners] of all()) {
        for (const listener of listeners) {
          if (!before.get(event)?.includes(listener)) process.off(event, listener as () => void);
        }
      }
    }
  };
}

function listen({ server }: Core.Strapi): Promise<string> {
  return new Promise((resolve, reject) => {
    server.httpServer.once('error', reject).listen(0, '127.0.0.1', () => {
      resolve(`http://127.0.0.1:${(server.httpServer.address() as AddressInfo).port}`);
    });
  });
}

/** Sets the variables and hides those of the developer's own shell and `.env` that would lead the test elsewhere. */
function replaceEnv(env: Record<string, string>): () => void {
  const before = { ...process.env };
  for (const name of Object.keys(process.env)) {
    if (/^(DATABASE|GOVERNANCE|DEMO|MCP|HOST|PORT)(_|$)/.test(name)) delete process.env[name];
  }
  Object.assign(process.env, { ENV_PATH: os.devNull, STRAPI_TELEMETRY_DISABLED: 'true' }, env);
  return () => {
    for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name];
    Object.assign(process.env, before);
  };
}

/**
 * Most tests have one name and one mobile for all their customers; those about duplicates name the keys themselves. And most
 * use customers without having them filed first.
 */
const BASE = { duplicates: { keys: [], near: [] }, filing: { required: false } };

type Config = Record<string, unknown>;
type ConfigFile = { default: (context: unknown) => Record<string, { config?: Config }> };

/**
 * Strapi reads `config/plugins.js` while it loads and offers no hook in between. So the module's own export is wrapped for
 * the time being: the real file answers first, and the merged policy goes through the plugin's validation like any other.
 */
function overridePolicy(policy: Record<string, unknown> = {}): () => void {
  const file = load(path.join(distDir, 'config/plugins.js')) as ConfigFile;
  const original = file.default;
  file.default = (context) => {
    const plugins = original(context);
    const plugin = plugins['customer-governance'];
    const config = merge(merge(plugin.config ?? {}, { policy: BASE }), { policy });
    return { ...plugins, 'customer-governance': { ...plugin, config } };
  };
  return () => {
    file.default = original;
  };
}

const isPlain = (value: unknown): value is Config =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function merge(base: Config, over: Config): Config {
  const merged = { ...base };
  for (const [key, value] of Object.entries(over)) {
    const below = merged[key];
    merged[key] = isPlain(below) && isPlain(value) ? merge(below, value) : value;
  }
  return merged;
}
