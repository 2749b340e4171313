import type { Core } from '@strapi/strapi';
import type { Knex } from 'knex';
import { connectionOf, tablesOf } from '../database';
import {
  holdersOfAccounts,
  namesOfAccounts,
  profileOf,
  STAFF,
  type AccountHolder,
  type AccountKind,
} from './accounts';
import { actorOf, type Actor } from './actor';
import type { Cleared } from './clearance';
import { forbidden } from '../refusal';
import {
  DEPARTMENTS_ABOVE,
  headAbove,
  idsReached,
  SUB_DEPARTMENTS,
  SUBORDINATES,
  type Tree,
} from './trees';

export { STAFF };
export const DEPARTMENT = 'plugin::customer-governance.department';

/** A person of the company as decisions need them. */
export interface StaffRef extends Cleared {
  id: number;
  documentId: string;
  displayName: string;
  title: string | null;
  level: 'staff' | 'supervisor' | 'head' | 'leadership';
  active: boolean;
  userId: number | null;
  departmentId: number | null;
  departmentName: string | null;
}

interface StaffRow extends Omit<StaffRef, 'userId' | 'departmentId' | 'departmentName'> {
  user?: { id: number } | null;
  department?: { id: number; name: string } | null;
  superior?: { id: number } | null;
}

const POPULATE = {
  user: { select: ['id'] },
  department: { select: ['id', 'name'] },
};

const toRef = (row: StaffRow): StaffRef => ({
  id: row.id,
  documentId: row.documentId,
  displayName: row.displayName,
  title: row.title ?? null,
  level: row.level,
  active: row.active !== false,
  accessSuspended: row.accessSuspended === true,
  ndaValidUntil: row.ndaValidUntil ?? null,
  trainedOn: row.trainedOn ?? null,
  userId: row.user?.id ?? null,
  departmentId: row.department?.id ?? null,
  departmentName: row.department?.name ?? null,
});

const MAX_DEPARTMENTS = 500;

/** What of an entry says who acted. */
interface Acting {
  actorKind: string;
  actorId: string;
}

/** The ids of the accounts of one kind among those who acted; what is none matches no row, and PostgreSQL refuses it. */
const accountIds = (rows: readonly Acting[], kind: string): number[] =>
  rows.flatMap(({ actorKind, actorId }) =>
    actorKind === kind && /^\d{1,9}$/.test(actorId) ? Number(actorId) : []
  );

/** A sub-query of the ids of staff, active or not, whose names contain a text, in whichever case. */
export const staffNamed = (tables: (table: string) => Knex.QueryBuilder, text: string) =>
  tables('governance_staff_profiles')
    .select('id')
    .whereRaw(`lower(??) like ? escape '!'`, [
      'display_name',
      `%${text.toLowerCase().replace(/[!%_]/g, '!$&')}%`,
    ]);

/** Departments, superiors and who fills which approving role. */
export function organisationService({ strapi }: { strapi: Core.Strapi }) {
  const staff = () => strapi.db.query(STAFF);

  const find = async (where: Record<string, unknown>): Promise<StaffRef[]> => {
    const rows = await staff().findMany({
      where: { active: true, ...where },
      populate: POPULATE,
      orderBy: 'id',
      limit: 200,
    });
    return rows.map(toRef);
  };

  const connect = async () => (await connectionOf(strapi)) as Knex;

  const reach = async (tree: Tree, start: number): Promise<number[]> => {
    const rows = await idsReached(strapi, await connect(), tree, start);
    return rows.map((row: { id: number }) => row.id);
  };

  const ofAccount = async (kind: AccountKind, id: number | string): Promise<StaffRef | null> => {
    const row = await profileOf(strapi, kind, Number(id));
    if (!row) return null;
    const { active, accessSuspended, ...profile } = row;
    return {
      ...profile,
      active: active === null || Boolean(active),
      accessSuspended: Boolean(accessSuspended),
    };
  };

  return {
    /** The staff profile of an admin user, or `null`. */
    staffOfUser: (userId: number | string) => ofAccount('user', userId),

    /** The staff profile of the actor, the same by each account of a person; a token is nobody and has none. */
    async staffOf(actor: Actor | null): Promise<StaffRef | null> {
      if (actor?.kind === 'admin') return ofAccount('user', actor.id);
      return actor?.kind === 'user' ? ofAccount('apiUser', actor.id) : null;
    },

    /** The active staff profile of whoever asks. @throws ForbiddenError when there is none. */
    async requireStaff(): Promise<StaffRef> {
      const actor = actorOf(strapi).require();
      if (actor.kind === 'api-token' || actorOf(strapi).byAdminToken()) {
        throw forbidden(
          'An API token is nobody: this needs a person. Sign in with an account that has a staff profile.'
        );
      }
      const found = await this.staffOf(actor);
      if (!found?.active) {
        throw forbidden(
          'Your account has no active staff profile. Ask the information department to create or activate one.'
        );
      }
      return found;
    },

    /** The staff by id; unknown ids are left out. */
    async byIds(ids: readonly number[]): Promise<Map<number, StaffRef>> {
      if (ids.length === 0) return new Map();
      const rows = await staff().findMany({
        where: { id: { $in: [...new Set(ids)] } },
        populate: POPULATE,
      });
      return new Map(rows.map((row: StaffRow) => [row.id, toRef(row)]));
    },

    /** The staff member and everybody under them, at any depth. */
    subordinateIds: (staffId: number) => reach(SUBORDINATES, staffId),

    /** The department and its sub-departments, at any depth. */
    departmentTreeIds: (departmentId: number) => reach(SUB_DEPARTMENTS, departmentId),

    /**
     * The same two as sub-selects for `$in`, so that a list with its visibility is one query. In an object, because a
     * query that is awaited runs.
     */
    async subordinates(staffId: number): Promise<{ query: Knex.QueryBuilder }> {
      return { query: idsReached(strapi, await connect(), SUBORDINATES, staffId) };
    },
    async departmentTree(departmentId: number): Promise<{ query: Knex.QueryBuilder }> {
      return { query: idsReached(strapi, await connect(), SUB_DEPARTMENTS, departmentId) };
    },

    /** The next one up: the superior, else the head of the department, else of the parent department. */
    async superiorOf(person: StaffRef): Promise<StaffRef | null> {
      const row = await staff().findOne({ where: { id: person.id }, populate: { superior: true } });
      if (row?.superior) return (await find({ id: row.superior.id }))[0] ?? null;
      return this.departmentHeadFor(person);
    },

    /** The active superiors that profiles name, by staff id; one query for any number of people. */
    async namedSuperiors(staffIds: readonly number[]): Promise<Map<number, StaffRef>> {
      if (staffIds.length === 0) return new Map();
      const rows: StaffRow[] = await staff().findMany({
        select: ['id'],
        where: { id: { $in: [...new Set(staffIds)] } },
        populate: { superior: { select: ['id'] } },
      });
      const superiors = await this.byIds(rows.flatMap(({ superior }) => superior?.id ?? []));
      return new Map(
        rows.flatMap(({ id, superior }) => {
          const found = superiors.get(superior?.id ?? 0);
          return found?.active ? [[id, found] as const] : [];
        })
      );
    },

    /** The head of the person's department; for a head, that of the nearest department above with another one. */
    async departmentHeadFor(person: StaffRef): Promise<StaffRef | null> {
      if (person.departmentId === null) return null;
      const head = await headAbove(strapi, await connect(), person.departmentId, person.id);
      return head === null ? null : ((await find({ id: head }))[0] ?? null);
    },

    /** Who stands behind the accounts of a list: finds the display name, or `null` where there is no staff profile. */
    async namesOfActors(rows: readonly Acting[]) {
      const names: Record<string, Map<number, string>> = {
        admin: await namesOfAccounts(strapi, 'user', accountIds(rows, 'admin')),
        user: await namesOfAccounts(strapi, 'apiUser', accountIds(rows, 'user')),
      };
      return ({ actorKind, actorId }: Acting): string | null =>
        names[actorKind]?.get(Number(actorId)) ?? null;
    },

    /** Active staff by documentId; those whom there is not, or who have left, are missing. */
    byDocumentIds: (documentIds: readonly string[]) =>
      find({ documentId: { $in: [...new Set(documentIds)] } }),

    /** Active staff whose names contain a text, by name. */
    async named(text: string, limit: number): Promise<StaffRef[]> {
      const tables = await tablesOf(strapi);
      const rows: StaffRow[] = await staff().findMany({
        where: { active: true, id: { $in: staffNamed(tables, text) } },
        populate: POPULATE,
        orderBy: ['displayName', 'id'],
        limit,
      });
      return rows.map(toRef);
    },

    /** Departments by code, or the first of all. */
    departments(codes?: readonly string[]): Promise<Array<{ code: string; name: string }>> {
      return strapi.db.query(DEPARTMENT).findMany({
        select: ['code', 'name'],
        where: codes ? { code: { $in: [...codes] } } : {},
        orderBy: 'code',
        limit: MAX_DEPARTMENTS,
      });
    },

    /** The same with department and last day: finds the holder of an account, or `null`. */
    async holdersOfActors(rows: readonly Acting[]) {
      const holders: Record<string, Map<number, AccountHolder>> = {
        admin: await holdersOfAccounts(strapi, 'user', accountIds(rows, 'admin')),
        user: await holdersOfAccounts(strapi, 'apiUser', accountIds(rows, 'user')),
      };
      return ({ actorKind, actorId }: Acting): AccountHolder | null =>
        holders[actorKind]?.get(Number(actorId)) ?? null;
    },

    /** Active staff whose account has a role of the panel with this permission. */
    holding: (action: string) =>
      find({ user: { isActive: true, roles: { permissions: { action } } } }),

    /** Codes of the person's department and of those above it; none for those without a department. */
    async departmentCodesOf({ departmentId }: StaffRef): Promise<string[]> {
      if (departmentId === null) return [];
      const ids = await reach(DEPARTMENTS_ABOVE, departmentId);
      const rows: Array<{ code: string }> = await strapi.db.query(DEPARTMENT).findMany({
        select: ['code'],
        where: { id: { $in: ids } },
        orderBy: 'id',
      });
      return rows.map(({ code }) => code);
    },

    /** Active staff whose account has the role of the panel with this name. */
    inPanelRole: (name: string) => find({ user: { isActive: true, roles: { name } } }),

    /** The active one with this staff number, as a list. */
    ofStaffNumber: (staffNumber: string) => find({ staffNumber }),

    /** Active staff of the given level. */
    atLevel: (level: StaffRef['level']) => find({ level }),

    /** Active staff of the departments with the given function (information, legal, audit…). */
    inFunction: (name: string) => find({ department: { function: name } }),
  };
}

export type OrganisationService = ReturnType<typeof organisationService>;

export const organisationOf = (strapi: Core.Strapi) =>
  strapi.plugin('customer-governance').service('organisation') as OrganisationService;
