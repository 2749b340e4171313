import type { Core } from '@strapi/strapi';
import { makeAppendOnly, protectTable } from '../audit/append-only';
import { AUDIT_TABLE } from '../audit/audit';
import { isPostgres } from '../database';
import { CHECKPOINTS, LEAVES, STATE } from './models';

/** Below what the running transaction may prune; 0 outside one that prunes. */
const PERMIT = `(SELECT permit_below FROM ${STATE} WHERE ${STATE}.id = 1)`;

/** The database itself keeps entries, their order and the checkpoints, but for what the pruning of old entries may remove. */
export async function protectLog(strapi: Core.Strapi): Promise<void> {
  await protectTable(strapi, {
    mayDelete: `(SELECT leaf.id FROM ${LEAVES} AS leaf WHERE leaf.entry_id = {row}.id) < ${PERMIT}`,
  });
  await makeAppendOnly(strapi, LEAVES, 'governance_leaves', 'the order of the audit log stays', {
    mayDelete: `{row}.id < ${PERMIT}`,
  });
  await makeAppendOnly(
    strapi,
    CHECKPOINTS,
    'governance_checkpoints',
    'checkpoints of the audit log are append-only'
  );
  await numberTransactionsFirst(strapi);
}

/**
 * PostgreSQL takes an entry's id from its sequence before the transaction has a number. This trigger gives it the number
 * first, so that the sequencer can tell from a snapshot whether a lower id may still be committed.
 */
async function numberTransactionsFirst(strapi: Core.Strapi): Promise<void> {
  if (!isPostgres(strapi)) return;
  const schema = strapi.db.getSchemaName() ?? 'public';
  const connection = strapi.db.connection;
  await connection.raw(`
    CREATE OR REPLACE FUNCTION "${schema}".governance_audit_number() RETURNS trigger AS $$
    BEGIN PERFORM pg_current_xact_id(); RETURN NULL; END $$ LANGUAGE plpgsql`);
  await connection.raw(`
    CREATE OR REPLACE TRIGGER governance_audit_number BEFORE INSERT ON "${schema}"."${AUDIT_TABLE}"
    FOR EACH STATEMENT EXECUTE FUNCTION "${schema}".governance_audit_number()`);
}
