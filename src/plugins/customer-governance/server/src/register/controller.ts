import type { Core } from '@strapi/strapi';
import { errors } from '@strapi/utils';
import { adminAbility, holdsContentApiAction } from '../access/visibility';
import { PLUGIN, type RequestContext } from '../domain';
import { organisationOf, type StaffRef } from '../organisation/organisation';
import { pageOf } from '../paging';
import { forbidden } from '../refusal';
import { validate, validateParams } from '../validate';
import type { VisitRow } from './models';
import {
  decisionSchema,
  keySchema,
  notesSchema,
  visitIdSchema,
  visitListSchema,
  visitSchema,
} from './schemas';
import { registerOf } from './service';
import { visitViews } from './views';
import type { Decision } from './visits';

const ACTION = `plugin::${PLUGIN}.register.`;

/** A request with its headers. */
interface Headed {
  get(header: string): string;
}

const given = <T>(value: T | undefined): T | null => value ?? null;

/** The register of visits and calls as people use it. */
export const registerController = ({ strapi }: { strapi: Core.Strapi }) => {
  const register = () => registerOf(strapi);
  /** On the content API a right of its own stands for each of the panel's. */
  const holds = async (right: 'read' | 'assign'): Promise<boolean> => {
    const ability = adminAbility(strapi) as { can(action: string): boolean } | undefined;
    return ability
      ? ability.can(ACTION + right)
      : holdsContentApiAction(strapi, `plugin::${PLUGIN}.visit.${right}`);
  };

  const viewsOf = async (rows: VisitRow[], person: StaffRef) =>
    visitViews(strapi, rows, { person, assigns: await holds('assign') });

  const viewOf = async (row: VisitRow, person: StaffRef) => (await viewsOf([row], person))[0];

  /** The visit, where the person has to do with it. */
  const visitOf = async (ctx: RequestContext, person: StaffRef): Promise<VisitRow> => {
    const { id } = validateParams(visitIdSchema, ctx.params);
    const row = await register().visits.find(id);
    const inSight =
      row &&
      (row.staffId === person.id ||
        row.registeredBy === person.id ||
        (await sightOf(person))?.includes(row.departmentId ?? 0));
    if (!row || !inSight)
      throw new errors.NotFoundError('There is no such entry in your register.');
    return row;
  };

  /** The departments whose register the person reads; `null`: none but the own entries. */
  const sightOf = async (person: StaffRef): Promise<number[] | null> => {
    const reads = (await holds('read')) || (await holds('assign'));
    if (!reads || person.departmentId === null) return null;
    return organisationOf(strapi).departmentTreeIds(person.departmentId);
  };

  return {
    async create(ctx: RequestContext) {
      const entry = validate(visitSchema, ctx.request.body);
      const { key } = validate(keySchema, {
        key: (ctx as unknown as Headed).get('Idempotency-Key') || null,
      });
      const person = await organisationOf(strapi).requireStaff();
      const { region, interest, source, outcome, nextStep, nextOn, details } = entry;
      const row = await register().visits.register(
        {
          ...entry,
          region: given(region),
          interest: given(interest),
          source: given(source),
          outcome: given(outcome),
          nextStep: given(nextStep),
          nextOn: given(nextOn),
          ...(details && { details: filled(details) }),
        },
        person,
        key,
        ctx.request.body,
        new Date()
      );
      ctx.status = 201;
      ctx.body = await viewOf(row, person);
    },

    async find(ctx: RequestContext) {
      const { kind, open, cursor, limit } = validate(visitListSchema, ctx.query);
      const person = await organisationOf(strapi).requireStaff();
      const rows = await register().visits.page(
        person,
        await sightOf(person),
        { kind, open },
        cursor ? Number(cursor) : null,
        limit + 1
      );
      const { items, nextCursor } = pageOf(rows, limit);
      ctx.body = { items: await viewsOf(items, person), nextCursor };
    },

    /** What came of it, noted by whoever took or wrote it down. */
    async note(ctx: RequestContext) {
      const notes = validate(notesSchema, ctx.request.body);
      const person = await organisationOf(strapi).requireStaff();
      const row = await visitOf(ctx, person);
      register().visits.assertOwn(row, person);
      await register().visits.note(row, notes);
      ctx.body = await viewOf({ ...row, ...notes }, person);
    },

    /** Whoever took the visit of somebody new accepts what is proposed; everything else is for those who assign customers. */
    async settle(ctx: RequestContext) {
      const decision = validate(decisionSchema, ctx.request.body) as Decision;
      const person = await organisationOf(strapi).requireStaff();
      const row = await visitOf(ctx, person);
      if (!(await holds('assign'))) {
        register().visits.assertOwn(row, person);
        if (row.known || decision.decision === 'choose') {
          throw forbidden('Whose this customer is, is decided by whoever assigns customers.');
        }
      }
      await register().visits.settle(row, decision, new Date());
      const after = await register().visits.find(row.id);
      ctx.body = await viewOf(after ?? row, person);
    },
  };
};

/** What was left blank was not left. */
function filled(details: Readonly<Record<string, string | undefined>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(details).flatMap(([name, value]) => (value ? [[name, value]] : []))
  );
}
