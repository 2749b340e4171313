import type { Core } from '@strapi/strapi';
import type { Knex } from 'knex';

/** A table's name with the configured schema, for queries that are written out. */
export function qualified(strapi: Core.Strapi, table: string): string {
  const schema = strapi.db.getSchemaName();
  return schema ? `${schema}.${table}` : table;
}

/** Far deeper than any company; a circle of departments ends there. */
const MAX_DEPTH = 100;

/** Rows that name their parent, and the way to follow them. */
export interface Tree {
  table: string;
  /** Names a row's parent. */
  column: string;
  towards: 'children' | 'parents';
}

export const SUBORDINATES: Tree = {
  table: 'governance_staff_profiles',
  column: 'superior_id',
  towards: 'children',
};
export const SUB_DEPARTMENTS: Tree = {
  table: 'governance_departments',
  column: 'parent_id',
  towards: 'children',
};
export const DEPARTMENTS_ABOVE: Tree = { ...SUB_DEPARTMENTS, towards: 'parents' };

/**
 * Selects the ids reached from `start`, which is among them: one recursive query, which may also stand as a sub-select in
 * another.
 */
export function idsReached(
  strapi: Core.Strapi,
  connection: Knex,
  { table, column, towards }: Tree,
  start: number
): Knex.QueryBuilder {
  const name = qualified(strapi, table);
  const [from, to] =
    towards === 'children' ? [`next.${column}`, 'tree.id'] : ['next.id', `tree.${column}`];
  return connection
    .withRecursive('tree', (query) => {
      query
        .select('id', column)
        .from(name)
        .where({ id: start })
        // UNION, not UNION ALL: a circle of superiors ends instead of running for ever.
        .union((more) => {
          more.select('next.id', `next.${column}`).from(`${name} as next`).join('tree', from, to);
        });
    })
    .select('id')
    .from('tree');
}

/** The active head of the department or of the nearest one above it, who is not the given person; one recursive query. */
export async function headAbove(
  strapi: Core.Strapi,
  connection: Knex,
  departmentId: number,
  personId: number
): Promise<number | null> {
  const departments = qualified(strapi, 'governance_departments');
  const columns = (alias: string) =>
    ['id', 'parent_id', 'head_id'].map((name) => `${alias}.${name}`);
  const rows = (await connection
    .withRecursive('above', (query) => {
      query
        .select(...columns('own'), connection.raw('0 as depth'))
        .from(`${departments} as own`)
        .where('own.id', departmentId)
        .unionAll((next) => {
          next
            .select(...columns('parent'), connection.raw('above.depth + 1 as depth'))
            .from(`${departments} as parent`)
            .join('above', 'parent.id', 'above.parent_id')
            .where('above.depth', '<', MAX_DEPTH);
        });
    })
    .select('head.id')
    .from('above')
    .join(`${qualified(strapi, 'governance_staff_profiles')} as head`, 'head.id', 'above.head_id')
    .whereNot('head.id', personId)
    .where('head.active', true)
    .orderBy('above.depth')
    .limit(1)) as Array<{ id: number }>;
  return rows[0]?.id ?? null;
}
