import type { Core } from '@strapi/strapi';
import { isPostgres } from '../database';
import { AUDIT_ENTRY, AUDIT_TABLE as TABLE } from './audit';
import { forbidden } from '../refusal';

/** Rows that may be deleted after all, as a condition in SQL. */
export interface Exception {
  /** A condition in which `{row}` stands for the row that is to be deleted. */
  mayDelete: string;
}

/**
 * The database itself refuses to change or remove an entry of the log.
 * @param exception what the pruning of the log may remove.
 */
export const protectTable = (strapi: Core.Strapi, exception: Exception): Promise<void> =>
  makeAppendOnly(strapi, TABLE, 'governance_audit', 'the audit log is append-only', exception);

/**
 * Lets nobody change or remove a row of a table, by triggers of the database. Strapi may rebuild a table when a schema
 * changes, which drops its triggers; so they are made anew at each start.
 * @param prefix of the triggers' names.
 */
export async function makeAppendOnly(
  strapi: Core.Strapi,
  table: string,
  prefix: string,
  message: string,
  exception?: Exception
): Promise<void> {
  const connection = strapi.db.connection;
  const refused = (row: string) =>
    exception ? `NOT COALESCE((${exception.mayDelete.replaceAll('{row}', row)}), FALSE)` : 'TRUE';
  if (isPostgres(strapi)) {
    const schema = strapi.db.getSchemaName() ?? 'public';
    await connection.raw(`
      CREATE OR REPLACE FUNCTION "${schema}".${prefix}_append_only() RETURNS trigger
      SET search_path = "${schema}" AS $$
      BEGIN RAISE EXCEPTION '${message}'; END $$ LANGUAGE plpgsql`);
    await connection.raw(`
      CREATE OR REPLACE FUNCTION "${schema}".${prefix}_keep() RETURNS trigger
      SET search_path = "${schema}" AS $$
      BEGIN
        IF ${refused('OLD')} THEN RAISE EXCEPTION '${message}'; END IF;
        RETURN OLD;
      END $$ LANGUAGE plpgsql`);
    const on = (name: string, event: string, each: string, calls: string) =>
      connection.raw(`
        CREATE OR REPLACE TRIGGER ${prefix}_no_${name} BEFORE ${event} ON "${schema}"."${table}"
        FOR EACH ${each} EXECUTE FUNCTION "${schema}".${prefix}_${calls}()`);
    await on('change', 'UPDATE', 'ROW', 'append_only');
    await on('delete', 'DELETE', 'ROW', 'keep');
    await on('truncate', 'TRUNCATE', 'STATEMENT', 'append_only');
    return;
  }
  const triggers = [
    { name: 'update', condition: 'TRUE' },
    { name: 'delete', condition: refused('OLD') },
  ];
  // In one transaction: at no moment is the table without them.
  await connection.transaction(async (trx) => {
    for (const { name, condition } of triggers) {
      await trx.raw(`DROP TRIGGER IF EXISTS ${prefix}_no_${name}`);
      await trx.raw(`
        CREATE TRIGGER ${prefix}_no_${name} BEFORE ${name.toUpperCase()} ON ${table} WHEN ${condition}
        BEGIN SELECT RAISE(ABORT, '${message}'); END`);
    }
  });
}

/** The same rule a step earlier, where the answer can be a clear refusal instead of a database error. */
export function refuseChanges(strapi: Core.Strapi): void {
  const refuse = () => {
    throw forbidden('The audit log is append-only: an entry cannot be changed or removed.');
  };
  const refuseForeign = () => {
    throw forbidden('Audit entries are written by the application alone.');
  };
  strapi.db.lifecycles.subscribe({
    models: [AUDIT_ENTRY],
    beforeCreate: refuseForeign,
    beforeCreateMany: refuseForeign,
    beforeUpdate: refuse,
    beforeUpdateMany: refuse,
    beforeDelete: refuse,
    beforeDeleteMany: refuse,
  });
}
