import type { Core } from '@strapi/strapi';
import { connectionOf } from '../database';
import { actorOf, type Actor } from './actor';
import type { Cleared } from './clearance';
import { forbidden } from '../refusal';

export const STAFF = 'plugin::customer-governance.staff-profile';
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

  /**
   * Ids reached from `start` by following `column`, which names a row's parent, towards the children or the parents; one
   * recursive query. `start` is among them.
   */
  const reach = async (
    table: string,
    column: string,
    start: number,
    towards: 'children' | 'parents'
  ): Promise<number[]> => {
    const connection = await connectionOf(strapi);
    const schema = strapi.db.getSchemaName();
    const name = schema ? `${schema}.${table}` : table;
    const [from, to] =
      towards === 'children' ? [`next.${column}`, 'tree.id'] : ['next.id', `tree.${column}`];
    const result = await connection
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
    return result.map((row: { id: number }) => row.id);
  };

  return {
    /** The staff profile of an admin user, or `null`. */
    async staffOfUser(userId: number | string): Promise<StaffRef | null> {
      const row = await staff().findOne({ where: { user: userId }, populate: POPULATE });
      return row ? toRef(row) : null;
    },

    /** The staff profile of the actor; only admin users have one. */
    async staffOf(actor: Actor | null): Promise<StaffRef | null> {
      return actor?.kind === 'admin' ? this.staffOfUser(Number(actor.id)) : null;
    },

    /** The active staff profile of whoever asks. @throws ForbiddenError when there is none. */
    async requireStaff(): Promise<StaffRef> {
      const found = await this.staffOf(actorOf(strapi).require());
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
    subordinateIds: (staffId: number) =>
      reach('governance_staff_profiles', 'superior_id', staffId, 'children'),

    /** The department and its sub-departments, at any depth. */
    departmentTreeIds: (departmentId: number) =>
      reach('governance_departments', 'parent_id', departmentId, 'children'),

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
      let departmentId = person.departmentId;
      const seen = new Set<number>();
      while (departmentId !== null && !seen.has(departmentId)) {
        seen.add(departmentId);
        const department = await strapi.db.query(DEPARTMENT).findOne({
          where: { id: departmentId },
          populate: { head: { select: ['id', 'active'] }, parent: { select: ['id'] } },
        });
        const head = department?.head;
        if (head && head.active !== false && head.id !== person.id) {
          return (await find({ id: head.id }))[0] ?? null;
        }
        departmentId = department?.parent?.id ?? null;
      }
      return null;
    },

    /** Display names by admin user id; accounts without a staff profile are left out. */
    async namesOfUsers(userIds: readonly number[]): Promise<Map<number, string>> {
      if (userIds.length === 0) return new Map();
      const rows = await staff().findMany({
        where: { user: { id: { $in: [...new Set(userIds)] } } },
        populate: { user: { select: ['id'] } },
      });
      return new Map(rows.map((row: StaffRow) => [row.user?.id ?? 0, row.displayName]));
    },

    /** Codes of the person's department and of those above it; none for those without a department. */
    async departmentCodesOf({ departmentId }: StaffRef): Promise<string[]> {
      if (departmentId === null) return [];
      const ids = await reach('governance_departments', 'parent_id', departmentId, 'parents');
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
