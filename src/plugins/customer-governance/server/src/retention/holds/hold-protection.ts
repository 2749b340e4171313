import type { Core } from '@strapi/strapi';
import { isPostgres } from '../../database';
import { SEALED_TABLE } from '../../vault/models';
import { HELD_TABLE } from '../models';
import { CUSTOMER, HOLD, HOLDABLE } from '../uids';

const MESSAGE = 'a legal hold keeps this record';
const HOLDS_STAY = 'what an active legal hold covers stays written down';
const PREFIX = 'governance_hold';

/** A table whose rows holds keep. */
interface Kept {
  table: string;
  /** The type of a row's record, in SQL: a text, or the row's column. */
  type: (row: string) => string;
  /** What says whose the row is: to change that would be a way around. */
  identity: string[];
  /** Whether new rows of held customers are held, too. */
  follows: boolean;
}

/**
 * The database itself keeps what is held, whoever deletes: raw SQL, a restore of Strapi's, another program. Strapi may
 * rebuild a table when a schema changes, which drops its triggers; so they are made anew at each start. They ask one table
 * of ours alone: SQLite refuses to rebuild a table that a trigger of another one names.
 *
 * Look-up rows are not kept: they are replaced at each change of a value, and can be made again out of the sealed row,
 * which is kept. Nor can a trigger keep the keys, which are in another database: the vault asks before it destroys one.
 */
export async function protectHeld(strapi: Core.Strapi): Promise<void> {
  const tableOf = (uid: string) => strapi.db.metadata.get(uid).tableName;
  const kept: Kept[] = [
    ...HOLDABLE.map((uid) => ({
      table: tableOf(uid),
      type: () => `'${uid}'`,
      identity: uid === CUSTOMER ? ['document_id'] : ['document_id', 'customer_id'],
      follows: uid !== CUSTOMER,
    })),
    {
      table: SEALED_TABLE,
      type: (row) => `${row}.record_type`,
      identity: ['document_id', 'record_type'],
      follows: false,
    },
  ];
  if (isPostgres(strapi)) await protectOnPostgres(strapi, kept, tableOf(HOLD));
  else await protectOnSqlite(strapi, kept, tableOf(HOLD));
}

const changed = (columns: string[], differ: string): string =>
  columns.map((column) => `OLD.${column} ${differ} NEW.${column}`).join(' OR ');

const HELD_IDENTITY = ['hold_id', 'customer_id', 'record_type', 'document_id', 'whole'];

/** What comes under the holds of the new row's customer. */
const follow = (held: string, type: string): string => `
  INSERT INTO ${held} (hold_id, customer_id, record_type, document_id, whole)
  SELECT hold_id, customer_id, ${type}, NEW.document_id, FALSE FROM ${held}
  WHERE customer_id = NEW.customer_id AND record_type = '${CUSTOMER}' AND whole AND lifted IS NULL
  ON CONFLICT (hold_id, record_type, document_id) DO NOTHING;`;

async function protectOnSqlite(strapi: Core.Strapi, kept: Kept[], holds: string): Promise<void> {
  const abort = (message: string) => `SELECT RAISE(ABORT, '${message}');`;
  const triggers: Array<{ name: string; on: string; body: string }> = [];
  for (const { table, type, identity, follows } of kept) {
    const held = `EXISTS (SELECT 1 FROM ${HELD_TABLE} WHERE record_type = ${type('OLD')}
      AND document_id = OLD.document_id AND lifted IS NULL)`;
    triggers.push(
      {
        name: `${table}_delete`,
        on: `BEFORE DELETE ON ${table} WHEN ${held}`,
        body: abort(MESSAGE),
      },
      {
        name: `${table}_identity`,
        on: `BEFORE UPDATE OF ${identity.join(', ')} ON ${table}
          WHEN (${changed(identity, 'IS NOT')}) AND ${held}`,
        body: abort(MESSAGE),
      }
    );
    if (!follows) continue;
    const body = follow(HELD_TABLE, type('NEW'));
    triggers.push(
      { name: `${table}_new`, on: `AFTER INSERT ON ${table}`, body },
      { name: `${table}_moved`, on: `AFTER UPDATE OF customer_id ON ${table}`, body }
    );
  }
  triggers.push(
    {
      name: 'held_delete',
      on: `BEFORE DELETE ON ${HELD_TABLE} WHEN OLD.lifted IS NULL`,
      body: abort(HOLDS_STAY),
    },
    {
      name: 'held_identity',
      on: `BEFORE UPDATE ON ${HELD_TABLE}
        WHEN OLD.lifted IS NULL AND (${changed(HELD_IDENTITY, 'IS NOT')})`,
      body: abort(HOLDS_STAY),
    },
    {
      name: 'holds_delete',
      on: `BEFORE DELETE ON ${holds} WHEN OLD.state = 'active'`,
      body: abort(HOLDS_STAY),
    }
  );
  // In one transaction: at no moment is a table without them.
  await strapi.db.connection.transaction(async (trx) => {
    for (const { name, on, body } of triggers) {
      await trx.raw(`DROP TRIGGER IF EXISTS ${PREFIX}_${name}`);
      await trx.raw(`CREATE TRIGGER ${PREFIX}_${name} ${on} BEGIN ${body} END`);
    }
  });
}

async function protectOnPostgres(strapi: Core.Strapi, kept: Kept[], holds: string): Promise<void> {
  const schema = strapi.db.getSchemaName() ?? 'public';
  const { connection } = strapi.db;
  const held = `"${schema}"."${HELD_TABLE}"`;
  const on = (name: string, when: string, table: string, calls: string) =>
    connection.raw(`
      CREATE OR REPLACE TRIGGER ${PREFIX}_${name} ${when.replace('{table}', `"${schema}"."${table}"`)}
      EXECUTE FUNCTION "${schema}".${PREFIX}_${calls}()`);
  const define = (name: string, body: string) =>
    connection.raw(`
      CREATE OR REPLACE FUNCTION "${schema}".${PREFIX}_${name}() RETURNS trigger AS $$
      BEGIN ${body} END $$ LANGUAGE plpgsql`);

  await define('refuse', `RAISE EXCEPTION '${HOLDS_STAY}';`);
  await define(
    'truncate',
    `IF EXISTS (SELECT 1 FROM ${held} WHERE lifted IS NULL) THEN RAISE EXCEPTION '${MESSAGE}'; END IF;
     RETURN NULL;`
  );
  for (const { table, type, identity, follows } of kept) {
    // Once for all rows of a statement: a row by row question would be most of what a deletion costs.
    await define(
      `${table}_delete`,
      `IF EXISTS (SELECT 1 FROM gone JOIN ${held} AS held ON held.record_type = ${type('gone')}
         AND held.document_id = gone.document_id AND held.lifted IS NULL)
       THEN RAISE EXCEPTION '${MESSAGE}'; END IF;
       RETURN NULL;`
    );
    await on(
      `${table}_delete`,
      'AFTER DELETE ON {table} REFERENCING OLD TABLE AS gone FOR EACH STATEMENT',
      table,
      `${table}_delete`
    );
    await define(
      `${table}_identity`,
      `IF EXISTS (SELECT 1 FROM ${held} AS held WHERE held.record_type = ${type('OLD')}
         AND held.document_id = OLD.document_id AND held.lifted IS NULL)
       THEN RAISE EXCEPTION '${MESSAGE}'; END IF;
       RETURN NEW;`
    );
    await on(
      `${table}_identity`,
      `BEFORE UPDATE OF ${identity.join(', ')} ON {table} FOR EACH ROW
       WHEN (${changed(identity, 'IS DISTINCT FROM')})`,
      table,
      `${table}_identity`
    );
    await on(
      `${table}_truncate`,
      'BEFORE TRUNCATE ON {table} FOR EACH STATEMENT',
      table,
      'truncate'
    );
    if (!follows) continue;
    await define(`${table}_new`, `${follow(held, type('NEW'))} RETURN NULL;`);
    await on(`${table}_new`, 'AFTER INSERT ON {table} FOR EACH ROW', table, `${table}_new`);
    await on(
      `${table}_moved`,
      'AFTER UPDATE OF customer_id ON {table} FOR EACH ROW WHEN (NEW.customer_id IS NOT NULL)',
      table,
      `${table}_new`
    );
  }
  const stays = 'FOR EACH ROW WHEN (OLD.lifted IS NULL';
  await on('held_delete', `BEFORE DELETE ON {table} ${stays})`, HELD_TABLE, 'refuse');
  await on(
    'held_identity',
    `BEFORE UPDATE ON {table} ${stays} AND (${changed(HELD_IDENTITY, 'IS DISTINCT FROM')}))`,
    HELD_TABLE,
    'refuse'
  );
  await on(
    'held_truncate',
    'BEFORE TRUNCATE ON {table} FOR EACH STATEMENT',
    HELD_TABLE,
    'truncate'
  );
  await on(
    'holds_delete',
    `BEFORE DELETE ON {table} FOR EACH ROW WHEN (OLD.state = 'active')`,
    holds,
    'refuse'
  );
  await on('holds_truncate', 'BEFORE TRUNCATE ON {table} FOR EACH STATEMENT', holds, 'truncate');
}
