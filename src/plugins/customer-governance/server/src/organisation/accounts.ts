import type { Core } from '@strapi/strapi';
import type { Knex } from 'knex';
import { connectionOf } from '../database';
import { invalid } from '../refusal';
import { qualified } from './trees';

export const STAFF = 'plugin::customer-governance.staff-profile';
export const STAFF_ACCOUNT = 'plugin::customer-governance.staff-account';

/** Where an account is kept: of the panel (`user`), or of the users-permissions plugin (`apiUser`). */
export type AccountKind = 'user' | 'apiUser';

const COLUMN: Record<AccountKind, string> = { user: 'user_id', apiUser: 'api_user_id' };
const KINDS = Object.keys(COLUMN) as AccountKind[];
const PROFILES = 'governance_staff_profiles';
const ACCOUNTS = 'governance_staff_accounts';

/**
 * Ids of the staff profiles that an account is tied to, by the profile itself or by a further account, as a sub-select. There
 * should be one.
 */
function profilesOf(
  strapi: Core.Strapi,
  connection: Knex,
  kind: AccountKind,
  id: number
): Knex.QueryBuilder {
  return connection
    .select('id')
    .from(qualified(strapi, PROFILES))
    .where(COLUMN[kind], id)
    .union((further) => {
      further
        .select('staff_id')
        .from(qualified(strapi, ACCOUNTS))
        .where(COLUMN[kind], id)
        .whereNotNull('staff_id');
    });
}

/** As the database keeps truth: SQLite by a number. */
type Flag = boolean | number | null;

/** A row of a staff profile with the name of its department. */
export interface ProfileRow {
  id: number;
  documentId: string;
  displayName: string;
  title: string | null;
  level: 'staff' | 'supervisor' | 'head' | 'leadership';
  active: Flag;
  accessSuspended: Flag;
  ndaValidUntil: string | null;
  trainedOn: string | null;
  userId: number | null;
  departmentId: number | null;
  departmentName: string | null;
}

/**
 * The profile of an account, in one query; `null` when there is none. It is the same for all accounts of a person, so that a
 * person with two of them is one person. An account that is tied to two profiles belongs to nobody.
 */
export async function profileOf(
  strapi: Core.Strapi,
  kind: AccountKind,
  id: number
): Promise<ProfileRow | null> {
  // Beyond it a database of integer ids answers with an error of its own.
  if (!Number.isInteger(id) || id < 1 || id > 2_147_483_647) return null;
  const connection = (await connectionOf(strapi)) as Knex;
  const rows = (await connection
    .select({
      id: 'staff.id',
      documentId: 'staff.document_id',
      displayName: 'staff.display_name',
      title: 'staff.title',
      level: 'staff.level',
      active: 'staff.active',
      accessSuspended: 'staff.access_suspended',
      ndaValidUntil: 'staff.nda_valid_until',
      trainedOn: 'staff.trained_on',
      userId: 'staff.user_id',
      departmentId: 'staff.department_id',
      departmentName: 'department.name',
    })
    .from(`${qualified(strapi, PROFILES)} as staff`)
    .leftJoin(
      `${qualified(strapi, 'governance_departments')} as department`,
      'department.id',
      'staff.department_id'
    )
    .whereIn('staff.id', profilesOf(strapi, connection, kind, id))
    .limit(2)) as ProfileRow[];
  return rows.length === 1 ? (rows[0] ?? null) : null;
}

/** Display names by account id; accounts without a staff profile are left out. */
export async function namesOfAccounts(
  strapi: Core.Strapi,
  kind: AccountKind,
  ids: readonly number[]
): Promise<Map<number, string>> {
  if (ids.length === 0) return new Map();
  const where = { [kind]: { id: { $in: [...new Set(ids)] } } };
  const populate = { [kind]: { select: ['id'] } };
  const names = new Map<number, string>();
  const further = await strapi.db
    .query(STAFF_ACCOUNT)
    .findMany({ where, populate: { ...populate, staff: { select: ['displayName'] } } });
  for (const row of further) if (row.staff) names.set(row[kind].id, row.staff.displayName);
  for (const row of await strapi.db.query(STAFF).findMany({ where, populate })) {
    names.set(row[kind].id, row.displayName);
  }
  return names;
}

/** Whose an account is, as lists and the analysis of the log need it. */
export interface AccountHolder {
  id: number;
  displayName: string;
  /** The last day in the company, `YYYY-MM-DD`; `null` where none is known. */
  leavesOn: string | null;
  department: { id: number; name: string } | null;
}

/** The staff, active or not, behind accounts, by account id; two queries for any number of them. */
export async function holdersOfAccounts(
  strapi: Core.Strapi,
  kind: AccountKind,
  ids: readonly number[]
): Promise<Map<number, AccountHolder>> {
  if (ids.length === 0) return new Map();
  const where = { [kind]: { id: { $in: [...new Set(ids)] } } };
  const populate = { [kind]: { select: ['id'] }, department: { select: ['id', 'name'] } };
  const holders = new Map<number, AccountHolder>();
  const note = (
    account: { id: number },
    { id, displayName, leavesOn, department }: AccountHolder
  ) =>
    holders.set(account.id, {
      id,
      displayName,
      leavesOn: leavesOn ?? null,
      department: department ? { id: department.id, name: department.name } : null,
    });
  const further = await strapi.db.query(STAFF_ACCOUNT).findMany({
    where,
    populate: { [kind]: populate[kind], staff: { populate: { department: true } } },
  });
  for (const row of further) if (row.staff) note(row[kind], row.staff);
  for (const row of await strapi.db.query(STAFF).findMany({ where, populate })) {
    note(row[kind], row);
  }
  return holders;
}

interface Tied {
  id: number;
  staff?: { id: number } | null;
  user?: { id: number } | null;
  apiUser?: { id: number } | null;
}

const POPULATE = { user: { select: ['id'] }, apiUser: { select: ['id'] } };

/** Lets no account be tied to two people. Looked at after the write, which its transaction then takes back. */
export function guardAccounts(strapi: Core.Strapi): void {
  const assertOnePerson = async (row: Tied, staffId: number) => {
    const connection = (await connectionOf(strapi)) as Knex;
    for (const kind of KINDS) {
      const account = row[kind];
      if (!account) continue;
      const profiles = (await profilesOf(strapi, connection, kind, account.id)) as Array<{
        id: number;
      }>;
      if (profiles.some(({ id }) => id !== staffId)) {
        throw invalid(
          kind,
          'this account is tied to another staff profile. An account belongs to one person'
        );
      }
    }
  };
  const find = (uid: string, id: number, populate: object): Promise<Tied | null> =>
    strapi.db.query(uid).findOne({ select: ['id'], where: { id }, populate });

  const checkProfile = async ({ result }: { result?: { id?: number } }) => {
    const row = result?.id ? await find(STAFF, result.id, POPULATE) : null;
    if (row) await assertOnePerson(row, row.id);
  };
  const checkAccount = async ({ result }: { result?: { id?: number } }) => {
    const populate = { ...POPULATE, staff: { select: ['id'] } };
    const row = result?.id ? await find(STAFF_ACCOUNT, result.id, populate) : null;
    if (!row) return;
    if (!row.staff) throw invalid('staff', 'say whose account it is');
    if (!row.user && !row.apiUser) throw invalid('user', 'name an account of the panel or the API');
    await assertOnePerson(row, row.staff.id);
  };
  for (const [model, check] of [
    [STAFF, checkProfile],
    [STAFF_ACCOUNT, checkAccount],
  ] as const) {
    strapi.db.lifecycles.subscribe({
      models: [model],
      afterCreate: check as never,
      afterUpdate: check as never,
    });
  }
}
