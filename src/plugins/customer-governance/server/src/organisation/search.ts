import type { Core } from '@strapi/strapi';
import { connectionOf, tablesOf } from '../database';
import { STAFF, STAFF_ACCOUNT } from './accounts';
import { staffNamed } from './organisation';

/** An account as the log names one. */
export interface Account {
  kind: string;
  id: string;
}

export interface NamedPerson {
  documentId: string;
  name: string;
  department: string | null;
}

const KINDS = [
  { kind: 'admin', relation: 'user' },
  { kind: 'user', relation: 'apiUser' },
] as const;

type Tied = Partial<Record<'user' | 'apiUser', { id: number } | null>>;

/** Every account of a person, of the panel and of the API. */
export async function accountsOfStaff(strapi: Core.Strapi, documentId: string): Promise<Account[]> {
  const populate = { user: { select: ['id'] }, apiUser: { select: ['id'] } };
  const profile: Tied | null = await strapi.db
    .query(STAFF)
    .findOne({ select: ['id'], where: { documentId }, populate });
  if (!profile) return [];
  const further: Tied[] = await strapi.db
    .query(STAFF_ACCOUNT)
    .findMany({ select: ['id'], where: { staff: { documentId } }, populate });
  return [profile, ...further].flatMap((row) =>
    KINDS.flatMap(({ kind, relation }) => {
      const account = row[relation];
      return account ? [{ kind, id: String(account.id) }] : [];
    })
  );
}

/** Staff, active or not, by a part of their name. */
export async function findStaff(
  strapi: Core.Strapi,
  text: string,
  limit: number
): Promise<NamedPerson[]> {
  const tables = await tablesOf(strapi);
  const rows = await strapi.db.query(STAFF).findMany({
    select: ['documentId', 'displayName'],
    where: { id: { $in: staffNamed(tables, text) as never } },
    populate: { department: { select: ['name'] } },
    orderBy: ['displayName', 'id'],
    limit,
  });
  return rows.map((row) => ({
    documentId: row.documentId,
    name: row.displayName,
    department: row.department?.name ?? null,
  }));
}

/** The names of staff by documentId. */
export async function namesOfStaff(
  strapi: Core.Strapi,
  documentIds: readonly string[]
): Promise<Map<string, string>> {
  if (documentIds.length === 0) return new Map();
  const rows = await strapi.db.query(STAFF).findMany({
    select: ['documentId', 'displayName'],
    where: { documentId: { $in: [...new Set(documentIds)] } },
  });
  return new Map(rows.map((row) => [row.documentId, row.displayName]));
}

/** Accounts of the panel that belong to no profile, by a part of their name. */
export async function findLooseAccounts(
  strapi: Core.Strapi,
  text: string,
  limit: number
): Promise<Array<Account & { name: string }>> {
  if (limit < 1) return [];
  const tables = await tablesOf(strapi);
  const connection = await connectionOf(strapi);
  const pattern = `%${text.toLowerCase().replace(/[!%_]/g, '!$&')}%`;
  const name = `trim(coalesce(firstname, '') || ' ' || coalesce(lastname, ''))`;
  const tied = (table: string) => tables(table).whereNotNull('user_id').select('user_id');
  const rows: Array<{ id: number; name: string }> = await tables('admin_users')
    .whereRaw(`lower(${name}) like ? escape '!'`, [pattern])
    .whereNotIn('id', tied('governance_staff_profiles'))
    .whereNotIn('id', tied('governance_staff_accounts'))
    .select('id', connection.raw(`${name} as name`))
    .orderBy('id')
    .limit(limit);
  return rows.map((row) => ({ kind: 'admin', id: String(row.id), name: row.name }));
}
