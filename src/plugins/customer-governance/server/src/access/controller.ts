import type { Core } from '@strapi/strapi';
import { errors } from '@strapi/utils';
import { consentsOf } from '../consents/consents';
import type { RequestContext } from '../domain';
import { actorOf } from '../organisation/actor';
import { organisationOf } from '../organisation/organisation';
import { pageOf } from '../paging';
import { policyOf } from '../policy';
import { retentionOf } from '../retention/retention';
import { validate, validateParams } from '../validate';
import { vaultOf } from '../vault/vault';
import type { Ability } from './abilities';
import { accessOf } from './access';
import { grantViews } from './grant-views';
import { grantsOf } from './grants';
import { activePurposes, CUSTOMER } from './lawfulness';
import { requestDetail } from './request-detail';
import { requestsOf } from './requests';
import {
  grantsSchema,
  idSchema,
  lookupSchema,
  noteSchema,
  pageSchema,
  previewSchema,
  reasonSchema,
  recordSchema,
  requestSchema,
  requestsSchema,
  revealChangeSchema,
  revealSchema,
} from './schemas';
import { usesOf } from './uses';
import { visibleToAsker } from './visibility';

const PERMISSION = 'plugin::customer-governance.';

/** Reveal, look-up, requests and grants as the panel uses them. */
export const accessController = ({ strapi }: { strapi: Core.Strapi }) => {
  // On the content API nobody has an ability of the panel.
  const may = (ctx: RequestContext, action: string) =>
    (ctx.state.userAbility as Ability | undefined)?.can(`${PERMISSION}${action}`, 'all') === true;

  const requestView = async (id: string) => (await requestsOf(strapi).views([id])).get(id);

  return {
    /** Who is asking, and what the panel may offer them. */
    async me(ctx: RequestContext) {
      const staff = await organisationOf(strapi).staffOf(actorOf(strapi).identity());
      ctx.body = {
        staff: staff
          ? {
              documentId: staff.documentId,
              name: staff.displayName,
              title: staff.title,
              level: staff.level,
              department: staff.departmentName ? { name: staff.departmentName } : null,
            }
          : null,
        can: {
          approvals: may(ctx, 'approvals.decide'),
          requests: may(ctx, 'access.request'),
          changes: may(ctx, 'changes.request'),
          revoke: may(ctx, 'access.revoke'),
          lookup: may(ctx, 'lookup'),
          withdrawConsent: may(ctx, 'consents.withdraw'),
          retentionRead: may(ctx, 'retention.read'),
          retentionPropose: may(ctx, 'retention.propose'),
          retentionExecute: may(ctx, 'retention.execute'),
          auditRead: may(ctx, 'audit.read'),
        },
        access: {
          defaultTermDays: policyOf(strapi).get().access.defaultTermDays,
          maxTermDays: policyOf(strapi).get().access.maxTermDays,
        },
      };
    },

    async purposes(ctx: RequestContext) {
      const rows = await activePurposes(strapi);
      ctx.body = {
        purposes: rows.map((row) => ({
          code: row.code,
          name: policyOf(strapi).purpose(row.code)?.name ?? row.name,
          description: policyOf(strapi).purpose(row.code)?.description ?? row.description ?? '',
          attributes: row.attributes,
        })),
        levels: levelsByType(strapi),
        // In whose days the panel speaks, wherever its reader sits.
        timezone: policyOf(strapi).get().calendar.timezone,
      };
    },

    /** What the record's side panel and its protected inputs show. */
    async record(ctx: RequestContext) {
      const { type, documentId: id } = validateParams(recordSchema, ctx.params);
      if (!vaultOf(strapi).isGoverned(type))
        throw new errors.NotFoundError('This type is not governed.');
      if (!(await visibleToAsker(strapi, type, [id])).has(id)) {
        throw new errors.NotFoundError('No such record, or not one that you may read.');
      }
      const now = new Date();
      const staff = await organisationOf(strapi).staffOf(actorOf(strapi).identity());
      const grants = await grantsOf(strapi).ofRecord(
        type,
        id,
        now,
        may(ctx, 'access.revoke') ? undefined : (staff ?? undefined)
      );
      ctx.body = {
        ...(type === CUSTOMER ? await customerSide(strapi, id) : {}),
        holds: await holdSide(strapi, type, id),
        grants: grants.map((grant) => ({
          documentId: grant.documentId,
          purpose: policyOf(strapi).purposeView(grant.purpose),
          attributes: grant.attributes,
          endsAt: grant.endsAt,
          state: grant.state,
        })),
        attributes: await accessOf(strapi).status(type, id, now),
        clearance: await accessOf(strapi).clearance(now),
        pendingRequest: staff ? await requestsOf(strapi).pendingFor(staff, type, id) : null,
      };
    },

    async reveal(ctx: RequestContext) {
      ctx.body = await accessOf(strapi).reveal(validate(revealSchema, ctx.request.body));
    },

    /** The old and new values of a change, for whoever reads the log and may be revealed them. */
    async revealChange(ctx: RequestContext) {
      const { documentId } = validateParams(idSchema, ctx.params);
      const { purpose } = validate(revealChangeSchema, ctx.request.body);
      ctx.body = await accessOf(strapi).revealChange(documentId, purpose);
    },

    async lookup(ctx: RequestContext) {
      const documentIds = await accessOf(strapi).lookup(validate(lookupSchema, ctx.request.body));
      ctx.body = { documentIds };
    },

    async findRequests(ctx: RequestContext) {
      const { state, cursor, limit } = validate(requestsSchema, ctx.query);
      const person = await organisationOf(strapi).requireStaff();
      const rows = await requestsOf(strapi).pageOf(
        person,
        state,
        cursor ? Number(cursor) : null,
        limit + 1
      );
      const { items, nextCursor } = pageOf(rows, limit);
      const views = await requestsOf(strapi).views(items.map((row) => row.documentId));
      ctx.body = { items: items.map((row) => views.get(row.documentId)), nextCursor };
    },

    async previewRequest(ctx: RequestContext) {
      ctx.body = await requestsOf(strapi).preview(validate(previewSchema, ctx.request.body));
    },

    async submitRequest(ctx: RequestContext) {
      const { draft, ...request } = validate(requestSchema, ctx.request.body);
      const id = await requestsOf(strapi).submit(request, { draft });
      ctx.status = 201;
      ctx.body = await requestView(id);
    },

    async amendRequest(ctx: RequestContext) {
      const { documentId: id } = validateParams(idSchema, ctx.params);
      const { draft, ...request } = validate(requestSchema, ctx.request.body);
      await requestsOf(strapi).amend(id, request, { draft });
      ctx.body = await requestView(id);
    },

    /** One request, for its requester and those who have to do with deciding it. */
    async findRequest(ctx: RequestContext) {
      const { documentId: id } = validateParams(idSchema, ctx.params);
      const person = await organisationOf(strapi).requireStaff();
      const detail = await requestDetail(strapi, id, person, may(ctx, 'approvals.decide'));
      if (!detail) throw new errors.NotFoundError('There is no such request for you to see.');
      ctx.body = detail;
    },

    async withdrawRequest(ctx: RequestContext) {
      const { documentId: id } = validateParams(idSchema, ctx.params);
      await requestsOf(strapi).withdraw(id);
      ctx.body = await requestView(id);
    },

    /** What the records of a request were used for: reveals and notes. */
    async findUses(ctx: RequestContext) {
      const { documentId: id } = validateParams(idSchema, ctx.params);
      const { cursor, limit } = validate(pageSchema, ctx.query);
      const person = await organisationOf(strapi).staffOf(actorOf(strapi).identity());
      await usesOf(strapi).assertMaySee(person, may(ctx, 'audit.read'), id);
      const rows = await usesOf(strapi).page(id, cursor ? Number(cursor) : null, limit + 1);
      const { items, nextCursor } = pageOf(rows, limit);
      ctx.body = { items: await usesOf(strapi).views(items), nextCursor };
    },

    async noteUse(ctx: RequestContext) {
      const { documentId: id } = validateParams(idSchema, ctx.params);
      const { note } = validate(noteSchema, ctx.request.body);
      await usesOf(strapi).note(id, note);
      ctx.status = 201;
      ctx.body = { documentId: id };
    },

    async findGrants(ctx: RequestContext) {
      const { state, mine, cursor, limit } = validate(grantsSchema, ctx.query);
      const staff = await organisationOf(strapi).requireStaff();
      // Other people's grants are for those who may revoke them.
      const holderId = mine || !may(ctx, 'access.revoke') ? staff.id : undefined;
      const now = new Date();
      const rows = await grantsOf(strapi).page(
        { ...(state ? { state } : {}), ...(holderId ? { holderId } : {}) },
        cursor ? Number(cursor) : null,
        limit + 1,
        now
      );
      const { items, nextCursor } = pageOf(rows, limit);
      ctx.body = { items: await grantViews(strapi, items, staff, now), nextCursor };
    },

    async revokeGrant(ctx: RequestContext) {
      const { documentId: id } = validateParams(idSchema, ctx.params);
      const { reason } = validate(reasonSchema, ctx.request.body);
      await grantsOf(strapi).revoke(id, reason, new Date());
      ctx.body = { documentId: id, state: 'revoked' };
    },

    async suspendGrant(ctx: RequestContext) {
      const { documentId: id } = validateParams(idSchema, ctx.params);
      const { reason } = validate(reasonSchema, ctx.request.body);
      await grantsOf(strapi).suspend(id, reason);
      ctx.body = { documentId: id, state: 'suspended' };
    },

    async resumeGrant(ctx: RequestContext) {
      const { documentId: id } = validateParams(idSchema, ctx.params);
      await grantsOf(strapi).resume(id);
      ctx.body = { documentId: id, state: 'active' };
    },
  };
};

/** How sensitive each protected attribute of each governed type is. */
const levelsByType = (strapi: Core.Strapi) =>
  Object.fromEntries(
    [...vaultOf(strapi).governed().keys()].map((uid) => [
      uid,
      Object.fromEntries(
        Object.keys(vaultOf(strapi).protectedAttributes(uid)).map((name) => [
          name,
          policyOf(strapi).classificationOf(uid, name)?.level ?? null,
        ])
      ),
    ])
  );

/** The part of the side panel that only customers have. */
async function customerSide(strapi: Core.Strapi, documentId: string) {
  const customer = await strapi.db.query(CUSTOMER).findOne({
    where: { documentId },
    populate: { owner: { select: ['displayName'] }, department: { select: ['name'] } },
  });
  return {
    owner: customer.owner ? { name: customer.owner.displayName } : null,
    department: customer.department ? { name: customer.department.name } : null,
    keyCustomer: customer.keyCustomer === true,
    stage: customer.stage,
    consents: await consentsOf(strapi).forCustomer(documentId),
    retention: customer.retentionDueOn
      ? { dueOn: customer.retentionDueOn, reason: customer.retentionReason }
      : null,
  };
}

/** The legal holds that cover a record; `null` for a type whose records cannot be held. */
async function holdSide(strapi: Core.Strapi, type: string, documentId: string) {
  if (!retentionOf(strapi).holdable.includes(type)) return null;
  const holds = await retentionOf(strapi).holdsOn(type, documentId);
  return holds.map((hold) => ({
    documentId: hold.documentId,
    reason: hold.reason,
    reviewOn: hold.reviewOn,
  }));
}
