import path from 'node:path';
import type { Core } from '@strapi/strapi';
import type { Knex } from 'knex';
import { isPostgres } from '../database';
import { KeyStoreRefused } from './keyring';
import type { KeyPlace } from './key-database';

interface KeysConfig {
  root?: string;
  filename?: string;
  url?: string;
  schema?: string;
  epochs?: { filename?: string; url?: string; schema?: string; copy?: string };
}

const KEYS_SCHEMA = 'customer_governance_keys';
const EPOCHS_SCHEMA = 'customer_governance_epochs';
const POSTGRES = /^postgres(ql)?:\/\//;

/** Where the root key, the key store and the secrets of key epochs are, as the configuration has it. */
export function keyPlaces(strapi: Core.Strapi): {
  root: string | undefined;
  store: KeyPlace;
  epochs: KeyPlace;
  copy: KeyPlace | undefined;
} {
  const config = strapi.config.get('plugin::customer-governance.keys', {}) as KeysConfig;
  const { epochs = {} } = config;
  const absolute = (name: string) => path.resolve(strapi.dirs.app.root, name);
  const place = (
    setting: string,
    url: string | undefined,
    schema: string,
    filename: string
  ): KeyPlace => {
    if (url && !POSTGRES.test(url)) {
      throw new KeyStoreRefused(`${setting} must be a PostgreSQL address (postgres://…).`);
    }
    if (!url && !isPostgres(strapi)) return { client: 'sqlite', filename };
    const own = strapi.config.get('database.connection.connection') as Knex.PgConnectionConfig;
    return { client: 'postgres', connection: url || own, schema };
  };
  const keysFile = absolute(config.filename ?? '.data/keys.db');
  const store = place('GOVERNANCE_KEYS_URL', config.url, config.schema ?? KEYS_SCHEMA, keysFile);
  return {
    root: config.root,
    store,
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
): KeyPlace =>
  POSTGRES.test(copy)
    ? { client: 'postgres', connection: copy, schema: `${schema}_copy` }
    : { client: 'sqlite', filename: absolute(copy) };
