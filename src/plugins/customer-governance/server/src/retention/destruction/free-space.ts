import type { Core } from '@strapi/strapi';
import { isPostgres } from '../../database';
import { policyOf } from '../../policy';
import { clearTables } from '../../vault/postgres-space';
import { vaultOf } from '../../vault/vault';

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
    await connection.raw('PRAGMA wal_checkpoint(TRUNCATE)');
    return;
  }
  if (vacuum === 'never') return;
  const schema = strapi.db.getSchemaName() ?? 'public';
  await clearTables(connection, schema, touched, vacuum === 'full');
}
