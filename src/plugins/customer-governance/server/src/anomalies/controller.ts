import type { Core } from '@strapi/strapi';
import Joi from 'joi';
import { auditOf } from '../audit/audit';
import { zoneOf } from '../calendar/zone';
import type { RequestContext } from '../domain';
import { organisationOf } from '../organisation/organisation';
import { pageOf, pagingKeys, type Paging } from '../paging';
import { ANOMALY_KINDS, ANOMALY_SEVERITIES, policyOf } from '../policy';
import { invalid } from '../refusal';
import { validate, validateParams } from '../validate';
import { ALERT_STATES, type AlertRow } from './alert';
import { alertsOf, type AlertFilter } from './alerts';
import { weekReport } from './report';
import { alertViews } from './views';
import { mondayOfWeek, weekOf } from './week';

interface ListQuery extends Omit<AlertFilter, 'person'>, Paging {
  person?: string;
}

const listSchema = Joi.object<ListQuery>({
  state: Joi.valid(...ALERT_STATES),
  severity: Joi.valid(...ANOMALY_SEVERITIES),
  kind: Joi.valid(...ANOMALY_KINDS),
  rule: Joi.string()
    .max(60)
    .pattern(/^[a-z0-9-]+$/),
  person: Joi.string()
    .max(80)
    .pattern(/^(admin|user|api-token):[\w-]+$/)
    .messages({ 'string.pattern.base': '"person" must be a kind of account and an id: admin:7' }),
  ...pagingKeys,
});
const idSchema = Joi.object<{ documentId: string }>({
  documentId: Joi.string().max(60).pattern(/^\w+$/).required(),
});
const nothing = Joi.object<Record<string, never>>({});
const closeSchema = Joi.object<{ reason: string }>({
  reason: Joi.string().trim().min(1).max(1000).required(),
});
const reportSchema = Joi.object<{ week?: string }>({
  week: Joi.string().pattern(/^\d{4}-W\d{2}$/),
});

/** Alerts and their weekly report as the panel reads and decides them. */
export const anomaliesController = ({ strapi }: { strapi: Core.Strapi }) => {
  const viewOf = async (alert: AlertRow) => (await alertViews(strapi, [alert]))[0];

  return {
    async find(ctx: RequestContext) {
      const { cursor, limit, person, ...filter } = validate(listSchema, ctx.query);
      const [kind, id] = person?.split(':') ?? [];
      const rows = await alertsOf(strapi).page(
        { ...filter, ...(kind && id ? { person: { kind, id } } : {}) },
        cursor ? Number(cursor) : null,
        limit + 1
      );
      const { items, nextCursor } = pageOf(rows, limit);
      ctx.body = { items: await alertViews(strapi, items), nextCursor };
    },

    /** One alert with the first entries that it rests on; the log has the others. */
    async findOne(ctx: RequestContext) {
      const { documentId } = validateParams(idSchema, ctx.params);
      const alert = await alertsOf(strapi).find(documentId);
      const entries = await auditOf(strapi).byIds(alert.evidence ?? []);
      const nameOf = await organisationOf(strapi).namesOfActors(entries);
      ctx.body = {
        ...(await viewOf(alert)),
        evidence: entries.map((row) => ({
          id: row.id,
          at: row.at,
          action: row.action,
          actor: { kind: row.actorKind, id: row.actorId, name: nameOf(row) },
          recordType: row.recordType,
          recordCount: row.recordIds?.length ?? 0,
          attributes: row.attributes ?? [],
          purpose: row.purpose,
        })),
      };
    },

    async acknowledge(ctx: RequestContext) {
      const { documentId } = validateParams(idSchema, ctx.params);
      validate(nothing, ctx.request.body);
      ctx.body = await viewOf(await alertsOf(strapi).acknowledge(documentId));
    },

    async close(ctx: RequestContext) {
      const { documentId } = validateParams(idSchema, ctx.params);
      const { reason } = validate(closeSchema, ctx.request.body);
      ctx.body = await viewOf(await alertsOf(strapi).close(documentId, reason));
    },

    /** The report of a week; of this one so far when none is named. */
    async report(ctx: RequestContext) {
      const asked = validate(reportSchema, ctx.query).week;
      const { timezone } = policyOf(strapi).get().calendar;
      const now = new Date();
      const week = asked ?? weekOf(zoneOf(timezone).dayAt(now));
      const monday = mondayOfWeek(week);
      if (!monday) throw invalid('week', 'the year has no such week');
      ctx.body = await weekReport(strapi, week, monday, now);
    },
  };
};
