import { eachRowAsText } from '../rows-as-text';
import type { KeyDatabase } from './key-database';
import { KEYS, TOMBSTONES } from './key-store-tables';
import { clearTables } from './postgres-space';

/** What is done with the space that removed keys leave in the database files. */
export type Vacuum = 'never' | 'touched' | 'full';

type KeyTables = Pick<KeyDatabase, 'knex' | 'schema'>;

/**
 * Clears what removed keys leave behind. SQLite has overwritten it already, and its write-ahead log is emptied; PostgreSQL
 * gives the space free for new rows, or writes the tables anew.
 */
export async function clearKeySpace({ knex, schema }: KeyTables, vacuum: Vacuum): Promise<void> {
  if (!schema) {
    if (vacuum === 'full') await knex.raw('VACUUM');
    await knex.raw('PRAGMA wal_checkpoint(TRUNCATE)');
    return;
  }
  if (vacuum === 'never') return;
  await clearTables(knex, schema, [KEYS, TOMBSTONES], vacuum === 'full');
}

/** Gives all rows of the key store as text. PostgreSQL only. @returns how many there were. */
export async function eachKeyRow(
  { knex, schema }: KeyTables,
  take: (text: string) => void
): Promise<number> {
  let count = 0;
  if (!schema) return count;
  await eachRowAsText(knex, schema, {
    row: take,
    end: (_, rows) => {
      count += rows;
    },
  });
  return count;
}
