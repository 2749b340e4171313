import path from 'node:path';
import type { Core } from '@strapi/strapi';
import type { DatabaseSettings, Place } from '../database-place';
import { KeyStoreRefused } from './keyring';

/** `keys` of the plugin's configuration. */
export interface KeysSettings {
  root?: string;
  filename?: string;
  url?: string;
  schema?: string;
  epochs?: { filename?: string; url?: string; schema?: string; copy?: string };
}

export interface KeyPlaces {
  /** The root key, as it was given. */
  root: string | undefined;
  store: Place;
  epochs: Place;
  copy: Place | undefined;
}

export const KEYS_SCHEMA = 'customer_governance_keys';
const EPOCHS_SCHEMA = 'customer_governance_epochs';
const POSTGRES = /^postgres(ql)?:\/\//;

/**
 * Where the root key, the key store and the secrets of key epochs are by these settings.
 * @param base of relative paths
 */
export function keyPlacesOf(
  database: DatabaseSettings,
  keys: KeysSettings,
  base: string
): KeyPlaces {
  const { epochs = {} } = keys;
  const absolute = (name: string) => path.resolve(base, name);
  const place = (
    setting: string,
    url: string | undefined,
    schema: string,
    filename: string
  ): Place => {
    if (url && !POSTGRES.test(url)) {
      throw new KeyStoreRefused(`${setting} must be a PostgreSQL address (postgres://…).`);
    }
    if (url) return { client: 'postgres', connection: { connectionString: url }, schema };
    return database.client === 'postgres'
      ? { client: 'postgres', connection: database.connection, schema }
      : { client: 'sqlite', filename };
  };
  const keysFile = absolute(keys.filename ?? '.data/keys.db');
  return {
    root: keys.root,
    store: place('GOVERNANCE_KEYS_URL', keys.url, keys.schema ?? KEYS_SCHEMA, keysFile),
    epochs: place(
      'GOVERNANCE_EPOCHS_URL',
      epochs.url,
      epochs.schema ?? EPOCHS_SCHEMA,
      epochs.filename ? absolute(epochs.filename) : path.join(path.dirname(keysFile), 'epochs.db')
    ),
    copy: epochs.copy ? copyPlace(epochs.copy, absolute, epochs.schema) : undefined,
  };
}

/** The copy is told by one setting: an address of PostgreSQL, or a file. */
const copyPlace = (
  copy: string,
  absolute: (name: string) => string,
  schema = EPOCHS_SCHEMA
): Place =>
  POSTGRES.test(copy)
    ? { client: 'postgres', connection: { connectionString: copy }, schema: `${schema}_copy` }
    : { client: 'sqlite', filename: absolute(copy) };

/** Where they are by the configuration of the application. */
export const keyPlaces = (strapi: Core.Strapi): KeyPlaces =>
  keyPlacesOf(
    strapi.config.get('database.connection') as DatabaseSettings,
    strapi.config.get('plugin::customer-governance.keys', {}) as KeysSettings,
    strapi.dirs.app.root
  );
