import { setTimeout as wait } from 'node:timers/promises';
import type { Core } from '@strapi/strapi';
import type { Knex } from 'knex';
import { isPostgres } from '../../database';
import { policyOf } from '../../policy';
import { clearTables } from '../../vault/postgres-space';
import { vaultOf } from '../../vault/vault';

/** Of a log that is being brought into the database at this moment, which is a matter of milliseconds. */
const ATTEMPTS = 20;
const BETWEEN_MS = 50;

/**
 * Clears what removed rows and keys leave behind in the files of both databases, as far as the policy says. SQLite
 * overwrites it as it removes (`secure_delete`), so that here only the write-ahead log is emptied, unless the file is to be
 * written anew; of PostgreSQL the planner's samples and the write-ahead log are renewed, too. No transaction may be running.
 * @param touched the tables that rows were removed from.
 * @param vacuum what is done, if not what the policy says.
 */
export async function clearFreeSpace(
  strapi: Core.Strapi,
  touched: readonly string[],
  vacuum = policyOf(strapi).get().retention.destruction.vacuum
): Promise<void> {
  const { connection } = strapi.db;
  await vaultOf(strapi).keyStore().clearSpace(vacuum);
  if (!isPostgres(strapi)) {
    if (vacuum === 'full') await connection.raw('VACUUM');
    await emptyLog(connection);
    return;
  }
  if (vacuum === 'never') return;
  const schema = strapi.db.getSchemaName() ?? 'public';
  await clearTables(connection, schema, touched, vacuum === 'full');
}

/** The thread of an import may be at the log: SQLite then waits for nobody. */
async function emptyLog(connection: Knex): Promise<void> {
  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    const [answer] = (await connection.raw('PRAGMA wal_checkpoint(TRUNCATE)')) as [
      { busy: number },
    ];
    if (answer.busy === 0) return;
    await wait(BETWEEN_MS);
  }
}
