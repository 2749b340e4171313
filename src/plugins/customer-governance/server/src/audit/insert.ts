import type { Core } from '@strapi/strapi';
import type { Knex } from 'knex';
import { connectionOf } from '../database';
import { ENTRY_COLUMNS } from './encoding';

/** Columns that Strapi's types have besides; they hold the entry's moment. */
const MOMENTS = ['created_at', 'updated_at', 'published_at'] as const;
const COLUMNS = [...ENTRY_COLUMNS, ...MOMENTS];
const PLACES = `(${COLUMNS.map(() => '?').join(', ')})`;

export type EntryRow = Record<(typeof COLUMNS)[number], Knex.Value>;

/**
 * Inserts entries by a statement that is written out here: every business transaction does this, and knex takes longer to
 * compose such an insert than the database to carry it out.
 */
export async function insertEntries(
  strapi: Core.Strapi,
  table: string,
  rows: readonly EntryRow[]
): Promise<void> {
  const schema = strapi.db.getSchemaName();
  const into = schema ? `"${schema}"."${table}"` : `"${table}"`;
  const bindings: Knex.Value[] = [];
  for (const row of rows) for (const column of COLUMNS) bindings.push(row[column]);
  const values = rows.length === 1 ? PLACES : rows.map(() => PLACES).join(', ');
  const connection = await connectionOf(strapi);
  await connection.raw(`INSERT INTO ${into} (${COLUMNS.join(', ')}) VALUES ${values}`, bindings);
}
