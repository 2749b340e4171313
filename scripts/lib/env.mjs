import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { parseEnv } from 'node:util';
import { root } from './paths.mjs';

const secret = (bytes = 32) => randomBytes(bytes).toString('base64');

/** What the application cannot start without, and how each is made up when it is missing. */
const makers = {
  APP_KEYS: () => [secret(), secret()].join(','),
  API_TOKEN_SALT: () => secret(),
  ADMIN_JWT_SECRET: () => secret(),
  TRANSFER_TOKEN_SALT: () => secret(),
  JWT_SECRET: () => secret(),
  ENCRYPTION_KEY: () => secret(),
  // Wraps every other key. Exactly 32 bytes.
  GOVERNANCE_ROOT_KEY: () => secret(),
};

/** A fresh set of secrets, for a run that must not touch `.env`. */
export const randomSecrets = () =>
  Object.fromEntries(Object.entries(makers).map(([name, make]) => [name, make()]));

/** What `.env` holds, where there is one; nothing is made. */
export function readEnv({ file = path.join(root, '.env') } = {}) {
  return existsSync(file) ? parseEnv(readFileSync(file, 'utf8')) : {};
}

/**
 * Sees that every secret is there: makes `.env` when it is missing, adds to it what it lacks, never changes what it holds.
 * The process's own environment wins over the file.
 * @returns {Record<string, string>} the file's values
 */
export function ensureEnv({ file = path.join(root, '.env'), env = process.env } = {}) {
  const known = existsSync(file) ? parseEnv(readFileSync(file, 'utf8')) : {};
  const missing = Object.keys(makers).filter((name) => !env[name] && !known[name]);
  if (missing.length === 0) return known;

  if (missing.includes('GOVERNANCE_ROOT_KEY')) refuseForExistingData(file, { ...known, ...env });

  const made = Object.fromEntries(missing.map((name) => [name, makers[name]()]));
  const lines = missing.map((name) => `${name}="${made[name]}"\n`).join('');
  if (existsSync(file)) {
    appendFileSync(file, `\n# Added because they were missing.\n${lines}`);
  } else {
    const head =
      '# Secrets of this installation. Keep a copy of GOVERNANCE_ROOT_KEY apart from the data:\n' +
      '# without it nobody can ever read the protected values again.\n';
    // wx: should another start have made the file meanwhile, fail rather than overwrite it.
    writeFileSync(file, head + lines, { flag: 'wx', mode: 0o600 });
  }
  console.log(`${file}: made ${missing.join(', ')}`);
  return { ...known, ...made };
}

/** A new root key beside existing data would open nothing and hide that the old key is lost. */
function refuseForExistingData(file, settings) {
  const resolve = (name) => path.resolve(path.dirname(file), name);
  const existing = [
    settings.GOVERNANCE_KEYS_FILENAME || '.data/keys.db',
    settings.DATABASE_FILENAME || '.data/data.db',
  ].filter((name) => existsSync(resolve(name)));
  if (existing.length === 0) return;
  throw new Error(
    `GOVERNANCE_ROOT_KEY is set neither in ${file} nor in the environment, but there is data already: ${existing.join(', ')}. ` +
      'Only the key that this data was sealed with opens it: put that key back. ' +
      'To begin anew instead, move the files away first.'
  );
}
