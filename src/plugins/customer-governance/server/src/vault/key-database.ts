import fs from 'node:fs';
import path from 'node:path';
import type { Knex } from 'knex';
import { connect, type Place } from '../database-place';
import { writeAnew } from './postgres-space';

/** A pool of its own for tables of keys, which no transaction of the data joins. */
export function openKeyDatabase(place: Place) {
  const knex = connect(place, DURABLE);
  const schema = place.client === 'postgres' ? place.schema : undefined;
  return {
    knex,
    schema,
    table: (name: string, trx: Knex = knex): Knex.QueryBuilder =>
      schema ? trx.withSchema(schema).table(name) : trx(name),
    /** The name of a table in a statement of one's own. */
    named: (name: string): string => (schema ? `"${schema}"."${name}"` : `"${name}"`),
    builder: (): Knex.SchemaBuilder => (schema ? knex.schema.withSchema(schema) : knex.schema),
    /** Whether a file is there at all. Asking never creates one. */
    present: (): boolean => place.client === 'postgres' || fs.existsSync(place.filename),

    /** The schema, or the folder of the file, exists. */
    async prepare(): Promise<void> {
      if (schema) await knex.raw('CREATE SCHEMA IF NOT EXISTS ??', [schema]);
      if (place.client === 'sqlite') {
        fs.mkdirSync(path.dirname(place.filename), { recursive: true });
      }
    },

    /**
     * Has what was overwritten or removed from a small table leave the files: the write-ahead log is emptied, or the table
     * written anew.
     * @throws Error when a reader holds it up; nothing is lost, and it can be tried again.
     */
    async purge(name: string): Promise<void> {
      if (schema) {
        await writeAnew(knex, schema, name);
        return;
      }
      const [answer] = (await knex.raw('PRAGMA wal_checkpoint(TRUNCATE)')) as [{ busy: number }];
      if (answer.busy !== 0) throw new Error('The write-ahead log could not be emptied.');
    },
  };
}

export type KeyDatabase = ReturnType<typeof openKeyDatabase>;

// A lost key is lost data: full durability here, and freed pages are overwritten.
const DURABLE: Knex.PoolConfig = {
  afterCreate(
    connection: { pragma(text: string): unknown },
    done: (error: unknown, connection: unknown) => void
  ) {
    connection.pragma('journal_mode = WAL');
    connection.pragma('synchronous = FULL');
    connection.pragma('secure_delete = ON');
    connection.pragma('busy_timeout = 5000');
    connection.pragma('foreign_keys = ON');
    done(null, connection);
  },
};
