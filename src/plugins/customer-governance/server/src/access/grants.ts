import type { Core } from '@strapi/strapi';
import { errors } from '@strapi/utils';
import { auditOf } from '../audit/audit';
import { inTransaction, tablesOf } from '../database';
import { governedOperation } from '../operation';
import type { StaffRef } from '../organisation/organisation';
import { GRANT, GRANT_RECORDS, GRANT_RECORDS_TABLE } from './models';

export interface Grant {
  id: number;
  documentId: string;
  recordType: string;
  attributes: string[];
  actions: string[];
  startsAt: Date;
  endsAt: Date;
  state: 'active' | 'revoked';
  purpose: { code: string; name: string } | null;
  request?: { documentId: string } | null;
}

const DAY_MS = 24 * 60 * 60 * 1000;

/** Grants: exactly the approved records, attributes, actions, purpose and term, checked whenever they are used. */
export function grantsService({ strapi }: { strapi: Core.Strapi }) {
  const running = (now: Date) => ({
    state: 'active',
    startsAt: { $lte: now.toISOString() },
    endsAt: { $gt: now.toISOString() },
    holder: { active: true },
    purpose: { active: true },
  });

  return {
    /** Makes the grant of an approved request, in the deciding transaction. */
    async create(
      request: {
        id: number;
        documentId: string;
        recordType: string;
        records: string[];
        attributes: string[];
        actions: string[];
        termDays: number;
        requester: { id: number };
        purpose: { id: number; code: string };
      },
      now: Date
    ): Promise<void> {
      const grant = await governedOperation('grant', () =>
        strapi.db.query(GRANT).create({
          data: {
            request: request.id,
            holder: request.requester.id,
            purpose: request.purpose.id,
            recordType: request.recordType,
            attributes: request.attributes,
            actions: request.actions,
            startsAt: now,
            endsAt: new Date(now.getTime() + request.termDays * DAY_MS),
            state: 'active',
            publishedAt: now,
          },
        })
      );
      await strapi.db.query(GRANT_RECORDS).createMany({
        data: request.records.map((documentId) => ({
          grantId: grant.id,
          recordType: request.recordType,
          documentId,
        })),
      });
      await auditOf(strapi).append({
        action: 'grant.create',
        recordType: request.recordType,
        recordIds: request.records,
        attributes: request.attributes,
        purpose: request.purpose.code,
        requestId: request.documentId,
        details: { termDays: request.termDays },
      });
    },

    /** The running grants of a person over records, each with the records of these that it covers. */
    async runningFor(
      holder: StaffRef,
      recordType: string,
      documentIds: readonly string[],
      now: Date
    ): Promise<Array<Grant & { records: Set<string> }>> {
      const rows = (await (
        await tablesOf(strapi)
      )(GRANT_RECORDS_TABLE)
        .select('grant_id', 'document_id')
        .where({ record_type: recordType })
        .whereIn('document_id', [...documentIds])) as Array<{
        grant_id: number;
        document_id: string;
      }>;
      if (rows.length === 0) return [];
      const grants = (await strapi.db.query(GRANT).findMany({
        where: {
          ...running(now),
          id: { $in: [...new Set(rows.map((row) => row.grant_id))] },
          holder: { id: holder.id, active: true },
        },
        populate: { purpose: { select: ['code', 'name'] }, request: { select: ['documentId'] } },
      })) as Grant[];
      return grants.map((grant) => ({
        ...grant,
        records: new Set(rows.filter((r) => r.grant_id === grant.id).map((r) => r.document_id)),
      }));
    },

    /** Running grants over one record, whoever holds them; for the record's side panel. */
    async ofRecord(
      recordType: string,
      documentId: string,
      now: Date,
      holder?: StaffRef
    ): Promise<Grant[]> {
      const ids = (await tablesOf(strapi))(GRANT_RECORDS_TABLE)
        .select('grant_id')
        .where({ record_type: recordType, document_id: documentId });
      const rows = ((await ids) as Array<{ grant_id: number }>).map((row) => row.grant_id);
      return strapi.db.query(GRANT).findMany({
        where: {
          ...running(now),
          id: { $in: rows },
          ...(holder ? { holder: { id: holder.id } } : {}),
        },
        populate: { purpose: { select: ['code', 'name'] }, holder: { select: ['displayName'] } },
        orderBy: { endsAt: 'desc' },
        limit: 20,
      });
    },

    /** Ends a grant at once. @throws ApplicationError when it was revoked or has ended already. */
    async revoke(documentId: string, reason: string, now: Date): Promise<void> {
      await inTransaction(strapi, async () => {
        const grant = await strapi.db.query(GRANT).findOne({
          where: { documentId },
          populate: { request: { select: ['documentId'] }, purpose: { select: ['code'] } },
        });
        if (!grant) throw new errors.NotFoundError('There is no such grant.');
        const changed = await (
          await tablesOf(strapi)
        )('governance_access_grants')
          .where({ id: grant.id, state: 'active' })
          .update({ state: 'revoked', revoked_at: now, revoke_reason: reason });
        if (changed !== 1) throw new errors.ApplicationError('This grant was revoked already.');
        await auditOf(strapi).append({
          action: 'grant.revoke',
          recordType: grant.recordType,
          attributes: grant.attributes,
          purpose: grant.purpose?.code ?? null,
          requestId: grant.request?.documentId ?? null,
          details: { grant: documentId },
        });
      });
    },

    /** A page of grants, newest first. */
    async page(
      filter: { state?: 'active' | 'ended' | 'revoked'; holderId?: number },
      cursor: number | null,
      limit: number,
      now: Date
    ) {
      const term = {
        active: { state: 'active', endsAt: { $gt: now.toISOString() } },
        ended: { state: 'active', endsAt: { $lte: now.toISOString() } },
        revoked: { state: 'revoked' },
      };
      return strapi.db.query(GRANT).findMany({
        where: {
          ...(filter.state ? term[filter.state] : {}),
          ...(filter.holderId ? { holder: { id: filter.holderId } } : {}),
          ...(cursor === null ? {} : { id: { $lt: cursor } }),
        },
        populate: {
          holder: { select: ['displayName'] },
          purpose: { select: ['code', 'name'] },
          request: { select: ['records'] },
        },
        orderBy: { id: 'desc' },
        limit,
      });
    },

    countRunning: (now: Date) => strapi.db.query(GRANT).count({ where: running(now) }),

    /** Forgets the scope rows of destroyed records. */
    async forgetRecords(recordType: string, documentIds: readonly string[]): Promise<void> {
      await (
        await tablesOf(strapi)
      )(GRANT_RECORDS_TABLE)
        .where({ record_type: recordType })
        .whereIn('document_id', [...documentIds])
        .delete();
    },
  };
}

export type GrantsService = ReturnType<typeof grantsService>;

export const grantsOf = (strapi: Core.Strapi) =>
  strapi.plugin('customer-governance').service('grants') as GrantsService;
