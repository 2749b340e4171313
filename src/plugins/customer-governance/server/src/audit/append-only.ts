import type { Core } from '@strapi/strapi';
import { isPostgres } from '../database';
import { currentOperation } from '../operation';
import { AUDIT_ENTRY, AUDIT_TABLE as TABLE } from './audit';
import { forbidden } from '../refusal';

/** The database itself refuses to change or remove an entry of the log. */
export const protectTable = (strapi: Core.Strapi): Promise<void> =>
  makeAppendOnly(strapi, TABLE, 'governance_audit', 'the audit log is append-only');

/**
 * Lets nobody change or remove a row of a table, by triggers of the database. Strapi may rebuild a table when a schema
 * changes, which drops its triggers; so they are made sure of at each start.
 * @param prefix of the triggers' names.
 */
export async function makeAppendOnly(
  strapi: Core.Strapi,
  table: string,
  prefix: string,
  message: string
): Promise<void> {
  const connection = strapi.db.connection;
  if (isPostgres(strapi)) {
    const schema = strapi.db.getSchemaName() ?? 'public';
    await connection.raw(`
      CREATE OR REPLACE FUNCTION "${schema}".${prefix}_append_only() RETURNS trigger AS $$
      BEGIN RAISE EXCEPTION '${message}'; END $$ LANGUAGE plpgsql`);
    await connection.raw(`
      CREATE OR REPLACE TRIGGER ${prefix}_no_change BEFORE UPDATE OR DELETE ON "${schema}"."${table}"
      FOR EACH ROW EXECUTE FUNCTION "${schema}".${prefix}_append_only()`);
    await connection.raw(`
      CREATE OR REPLACE TRIGGER ${prefix}_no_truncate BEFORE TRUNCATE ON "${schema}"."${table}"
      FOR EACH STATEMENT EXECUTE FUNCTION "${schema}".${prefix}_append_only()`);
    return;
  }
  for (const event of ['UPDATE', 'DELETE']) {
    await connection.raw(`
      CREATE TRIGGER IF NOT EXISTS ${prefix}_no_${event.toLowerCase()} BEFORE ${event} ON ${table}
      BEGIN SELECT RAISE(ABORT, '${message}'); END`);
  }
}

/** The same rule a step earlier, where the answer can be a clear refusal instead of a database error. */
export function refuseChanges(strapi: Core.Strapi): void {
  const refuse = () => {
    throw forbidden('The audit log is append-only: an entry cannot be changed or removed.');
  };
  const refuseForeign = () => {
    if (currentOperation() !== 'audit') {
      throw forbidden('Audit entries are written by the application alone.');
    }
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
