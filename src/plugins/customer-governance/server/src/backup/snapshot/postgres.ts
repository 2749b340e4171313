import type { Knex } from 'knex';
import type { Place } from '../../database-place';
import { environmentOf } from '../places';
import { findTools, restoreDump, runTool, type PostgresTools } from './tools';

type PostgresPlace = Extract<Place, { client: 'postgres' }>;

const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`;

/** The tools that fit the server of a connection. @throws Error that says what to install */
export async function toolsFor(knex: Knex, configured?: string): Promise<PostgresTools> {
  const { rows } = await knex.raw('SHOW server_version_num');
  return findTools(Math.floor(Number(rows[0].server_version_num) / 10_000), configured);
}

/**
 * Dumps a schema by pg_dump, as it stands at one moment.
 * @param atThatMoment asks the database more, of the same moment.
 */
export async function snapshotPostgres<T>(
  knex: Knex,
  place: PostgresPlace,
  target: string,
  atThatMoment: (trx: Knex.Transaction) => Promise<T>,
  toolsDirectory?: string
): Promise<T> {
  const tools = await toolsFor(knex, toolsDirectory);
  return knex.transaction(
    async (trx) => {
      const { rows } = await trx.raw('SELECT pg_export_snapshot() AS snapshot');
      await runTool(
        tools,
        'pg_dump',
        [
          '--format=directory',
          // Compressed is the archive; equal rows must stay equal pieces.
          '--compress=0',
          '--no-owner',
          '--no-privileges',
          `--schema=${quoted(place.schema)}`,
          `--snapshot=${rows[0].snapshot}`,
          `--file=${target}`,
        ],
        environmentOf(place.connection)
      );
      return atThatMoment(trx);
    },
    { isolationLevel: 'repeatable read', readOnly: true }
  );
}

/** Puts a dump in the place of a schema, in one transaction. @param from the schema that was dumped */
export async function restorePostgres(
  knex: Knex,
  place: PostgresPlace,
  dump: string,
  toolsDirectory?: string
): Promise<void> {
  const schema = quoted(place.schema);
  await restoreDump(
    await toolsFor(knex, toolsDirectory),
    {
      dump,
      schema: place.schema,
      before: `SET client_min_messages = warning; DROP SCHEMA IF EXISTS ${schema} CASCADE; CREATE SCHEMA ${schema};`,
    },
    environmentOf(place.connection)
  );
}

/** How many others are connected to the database. */
export async function othersConnected(knex: Knex): Promise<number> {
  const { rows } = await knex.raw(
    `SELECT count(*) AS others FROM pg_stat_activity
     WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'`
  );
  return Number(rows[0].others);
}
