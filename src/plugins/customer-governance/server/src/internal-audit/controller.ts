import type { Core } from '@strapi/strapi';
import { errors } from '@strapi/utils';
import { PLUGIN, type RequestContext } from '../domain';
import { actorOf } from '../organisation/actor';
import { organisationOf } from '../organisation/organisation';
import { pageOf } from '../paging';
import { validate, validateParams } from '../validate';
import { vaultOf } from '../vault/vault';
import type { Acting } from './rules';
import { schemas } from './schemas';
import { internalAuditsOf } from './service';

const PEOPLE = 20;

interface AbilityLike {
  can(action: string, on: string): boolean;
}

const may = (ctx: RequestContext, action: 'read' | 'manage') =>
  (ctx.state.userAbility as AbilityLike).can(`plugin::${PLUGIN}.internal-audits.${action}`, 'all');

/** Internal audits and findings as the panel uses them. */
export const internalAuditsController = ({ strapi }: { strapi: Core.Strapi }) => {
  const service = () => internalAuditsOf(strapi);

  /** @throws ForbiddenError for accounts that are nobody. */
  const acting = async (ctx: RequestContext): Promise<Acting> => {
    const { id } = await organisationOf(strapi).requireStaff();
    return { id, manages: may(ctx, 'manage') };
  };

  /** Whoever reads; a super admin without a staff profile reads too, and may do nothing. */
  const reading = async (ctx: RequestContext): Promise<Acting | null> => {
    const person = await organisationOf(strapi).staffOf(actorOf(strapi).identity());
    return person?.active ? { id: person.id, manages: may(ctx, 'manage') } : null;
  };

  const auditView = async (ctx: RequestContext, documentId: string) => {
    const { audits, findings, views } = service();
    const audit = await audits.require(documentId);
    return views.ofAudit(audit, await findings.ofAudit(audit.id), await reading(ctx));
  };

  /** A finding for whoever may read audits, and for the person responsible. @throws NotFoundError for everybody else. */
  const findingView = async (ctx: RequestContext, documentId: string) => {
    const { audits, findings, views } = service();
    const finding = await findings.find(documentId);
    const person = await reading(ctx);
    const mine = finding && person && finding.responsible?.id === person.id;
    if (!finding || (!mine && !may(ctx, 'read'))) {
      throw new errors.NotFoundError('There is no such finding of yours.');
    }
    const audit = may(ctx, 'read') ? await audits.require(finding.audit.documentId) : null;
    const [view] = await views.ofFindings([finding], audit, person);
    return view;
  };

  const idOf = (ctx: RequestContext) => validateParams(schemas.id, ctx.params).documentId;

  return {
    async find(ctx: RequestContext) {
      const { cursor, limit, ...filter } = validate(schemas.list, ctx.query);
      const rows = await service().audits.page(filter, cursor ? Number(cursor) : null, limit + 1);
      const { items, nextCursor } = pageOf(rows, limit);
      ctx.body = { items: await service().views.ofAudits(items), nextCursor };
    },

    async findOne(ctx: RequestContext) {
      ctx.body = await auditView(ctx, idOf(ctx));
    },

    async options(ctx: RequestContext) {
      validate(schemas.nothing, ctx.query);
      ctx.body = await service().views.options([...vaultOf(strapi).governed().keys()]);
    },

    /** A name is personal: it is looked for in a body, not in an address. */
    async findPeople(ctx: RequestContext) {
      const { text } = validate(schemas.people, ctx.request.body);
      const people = await organisationOf(strapi).named(text, PEOPLE);
      ctx.body = {
        items: people.map(({ documentId, displayName, title, departmentName }) => ({
          documentId,
          name: displayName,
          title,
          department: departmentName,
        })),
      };
    },

    async plan(ctx: RequestContext) {
      const plan = validate(schemas.plan, ctx.request.body);
      const person = await organisationOf(strapi).requireStaff();
      ctx.body = await auditView(ctx, await service().audits.plan(plan, person));
    },

    async revise(ctx: RequestContext) {
      const id = idOf(ctx);
      const plan = validate(schemas.plan, ctx.request.body);
      await organisationOf(strapi).requireStaff();
      await service().audits.revise(id, plan);
      ctx.body = await auditView(ctx, id);
    },

    async assignTeam(ctx: RequestContext) {
      const id = idOf(ctx);
      const team = validate(schemas.team, ctx.request.body);
      await organisationOf(strapi).requireStaff();
      await service().audits.assignTeam(id, team);
      ctx.body = await auditView(ctx, id);
    },

    async start(ctx: RequestContext) {
      const id = idOf(ctx);
      validate(schemas.nothing, ctx.request.body);
      await service().audits.start(id, await acting(ctx));
      ctx.body = await auditView(ctx, id);
    },

    async report(ctx: RequestContext) {
      const id = idOf(ctx);
      const { conclusion } = validate(schemas.report, ctx.request.body);
      await service().audits.report(id, await acting(ctx), conclusion);
      ctx.body = await auditView(ctx, id);
    },

    async close(ctx: RequestContext) {
      const id = idOf(ctx);
      validate(schemas.nothing, ctx.request.body);
      await service().audits.close(id, await acting(ctx));
      ctx.body = await auditView(ctx, id);
    },

    async cancel(ctx: RequestContext) {
      const id = idOf(ctx);
      const { reason } = validate(schemas.cancel, ctx.request.body);
      await service().audits.cancel(id, await acting(ctx), reason);
      ctx.body = await auditView(ctx, id);
    },

    async openFinding(ctx: RequestContext) {
      const id = idOf(ctx);
      const finding = validate(schemas.finding, ctx.request.body);
      const opened = await service().findings.open(id, finding, await acting(ctx));
      ctx.body = await findingView(ctx, opened);
    },

    async findMine(ctx: RequestContext) {
      const { cursor, limit, unclosed } = validate(schemas.mine, ctx.query);
      const person = await organisationOf(strapi).requireStaff();
      const rows = await service().findings.pageOf(
        person,
        unclosed,
        cursor ? Number(cursor) : null,
        limit + 1
      );
      const { items, nextCursor } = pageOf(rows, limit);
      ctx.body = {
        items: await service().views.ofFindings(items, null, await reading(ctx)),
        nextCursor,
      };
    },

    async findFinding(ctx: RequestContext) {
      ctx.body = await findingView(ctx, idOf(ctx));
    },

    async assignFinding(ctx: RequestContext) {
      const id = idOf(ctx);
      const assignment = validate(schemas.assignment, ctx.request.body);
      await service().findings.assign(id, assignment, await acting(ctx));
      ctx.body = await findingView(ctx, id);
    },

    async remediate(ctx: RequestContext) {
      const id = idOf(ctx);
      const remediation = validate(schemas.remediation, ctx.request.body);
      const person = await acting(ctx);
      // Of a finding that they may not read, nobody learns more than that.
      await findingView(ctx, id);
      await service().findings.remediate(id, remediation, person);
      ctx.body = await findingView(ctx, id);
    },

    async recheck(ctx: RequestContext) {
      const id = idOf(ctx);
      const outcome = validate(schemas.recheck, ctx.request.body);
      await service().findings.recheck(id, outcome, await acting(ctx));
      ctx.body = await findingView(ctx, id);
    },

    async closeFinding(ctx: RequestContext) {
      const id = idOf(ctx);
      validate(schemas.nothing, ctx.request.body);
      await service().findings.close(id, await acting(ctx));
      ctx.body = await findingView(ctx, id);
    },
  };
};
