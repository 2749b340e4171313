import type { Core } from '@strapi/strapi';
import { errors } from '@strapi/utils';
import { auditOf, type AuditEvent } from '../audit/audit';
import { chunks, fromJson, inTransaction, tablesOf } from '../database';
import { notificationsOf } from '../notifications/notifications';
import { governedOperation } from '../operation';
import { organisationOf, type StaffRef } from '../organisation/organisation';
import { forbidden } from '../refusal';
import {
  GRANT,
  GRANT_RECORDS,
  GRANT_RECORDS_TABLE,
  GRANTS_TABLE,
  USE,
  type GrantState,
  type RequestRow,
} from './models';

export interface Grant {
  id: number;
  documentId: string;
  recordType: string;
  attributes: string[];
  actions: string[];
  startsAt: Date;
  endsAt: Date;
  state: GrantState;
  reveals: number;
  revealLimit: number | null;
  purpose: { code: string; name: string } | null;
  request?: { documentId: string } | null;
}

/** A grant that can be used at this moment. */
export interface RunningGrant {
  id: number;
  documentId: string;
  attributes: string[];
  actions: string[];
  endsAt: Date;
  /** Code of the purpose. */
  purpose: string;
  /** documentId of the request. */
  request: string;
  records: Set<string>;
}

type RunningRow = Omit<RunningGrant, 'records'> & { record: string; asked: string[] };

/** So many grants of a record are shown beside it. */
const SHOWN = 20;
/** SQLite bounds the number of rows in one statement. */
const ROWS_PER_INSERT = 400;
const DAY_MS = 24 * 60 * 60 * 1000;

/** Why a grant ended by itself. */
export type EndReason = 'term' | 'used-up' | 'holder' | 'purpose' | 'records';

/** What the log says of a grant. */
interface LoggedGrant {
  documentId: string;
  recordType: string;
  attributes: string[];
  purpose?: { code: string } | null;
  request?: { documentId: string } | null;
  holder?: { id: number } | null;
}
const LOGGED = {
  request: { select: ['documentId'] },
  purpose: { select: ['code'] },
  holder: { select: ['id'] },
};

/** What each of these does to a grant, as its holder is told. */
const TOLD = {
  'grant.revoke': 'grant-revoked',
  'grant.suspend': 'grant-suspended',
  'grant.resume': 'grant-resumed',
  'grant.end': 'grant-ended',
} as const;

const entryOf = (
  grant: LoggedGrant,
  action: keyof typeof TOLD,
  details: { reason?: string } = {}
): AuditEvent => ({
  action,
  recordType: grant.recordType,
  attributes: grant.attributes,
  purpose: grant.purpose?.code ?? null,
  requestId: grant.request?.documentId ?? null,
  details: { grant: grant.documentId, ...details },
});

/** The state as people are shown it: a grant whose term is over has ended, whether or not the job has come by. */
export const shownState = (grant: { state: GrantState; endsAt: Date | string }, now: Date) =>
  ['active', 'suspended'].includes(grant.state) && new Date(grant.endsAt) <= now
    ? 'ended'
    : grant.state;

/** Grants: exactly the approved records, attributes, actions, purpose and term, checked whenever they are used. */
export function grantsService({ strapi }: { strapi: Core.Strapi }) {
  const running = (now: Date) => ({
    state: 'active',
    startsAt: { $lte: now.toISOString() },
    endsAt: { $gt: now.toISOString() },
    holder: { active: true },
    purpose: { active: true },
  });

  /** Moves a grant that is in one of the states, with its entry; the database decides between racing moves. */
  const change = (
    documentId: string,
    from: GrantState[],
    to: { state: GrantState } & Record<string, unknown>,
    action: 'grant.revoke' | 'grant.suspend' | 'grant.resume'
  ): Promise<void> =>
    inTransaction(strapi, async () => {
      const grant = await strapi.db
        .query(GRANT)
        .findOne({ where: { documentId }, populate: LOGGED });
      if (!grant) throw new errors.NotFoundError('There is no such grant.');
      const changed = await (
        await tablesOf(strapi)
      )(GRANTS_TABLE)
        .where({ id: grant.id })
        .whereIn('state', from)
        .update(to);
      if (changed !== 1) {
        throw new errors.ApplicationError(
          `This grant is not ${from.join(' or ')} any more. Reload the list.`
        );
      }
      await auditOf(strapi).append(entryOf(grant, action));
      await tellHolders(action, [grant]);
    });

  const tellHolders = (action: keyof typeof TOLD, grants: LoggedGrant[]): Promise<void> =>
    notificationsOf(strapi).announce(
      TOLD[action],
      grants.flatMap(({ request, holder }) =>
        request && holder
          ? {
              kind: USE,
              requestId: request.documentId,
              requesterId: holder.id,
              recipients: [holder.id],
            }
          : []
      )
    );

  return {
    /** Makes the grant of an approved request, in the deciding transaction. */
    async create(request: RequestRow, now: Date): Promise<void> {
      const holder = await organisationOf(strapi).byIds([request.requester.id]);
      await governedOperation('grant', async () => {
        const grant = await strapi.db.query(GRANT).create({
          data: {
            request: request.id,
            holder: request.requester.id,
            holderDepartmentId: holder.get(request.requester.id)?.departmentId ?? null,
            purpose: request.purpose.id,
            recordType: request.recordType,
            attributes: request.attributes,
            actions: request.actions,
            startsAt: now,
            endsAt: new Date(now.getTime() + request.termDays * DAY_MS),
            reveals: 0,
            revealLimit: request.revealLimit ?? null,
            state: 'active',
            publishedAt: now,
          },
        });
        for (const ids of chunks(request.records, ROWS_PER_INSERT)) {
          await strapi.db.query(GRANT_RECORDS).createMany({
            data: ids.map((documentId) => ({
              grantId: grant.id,
              holderId: request.requester.id,
              recordType: request.recordType,
              documentId,
            })),
          });
        }
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

    /**
     * Counts a reveal, in the transaction in which it is logged; the last one that the grant allows uses it up. Of a reveal and
     * a revocation at the same moment the database decides which was first.
     * @throws ForbiddenError when the grant does not run any more.
     */
    async use(grantId: number, now: Date): Promise<void> {
      const tables = await tablesOf(strapi);
      const changed = await tables(GRANTS_TABLE)
        .where({ id: grantId, state: 'active' })
        .where('ends_at', '>', now)
        .increment('reveals', 1)
        .update({ last_reveal_at: now });
      if (changed !== 1) {
        throw forbidden('Your grant ended at this moment. Request access again.');
      }
      const usedUp = await tables(GRANTS_TABLE)
        .select('id')
        .where({ id: grantId })
        .whereRaw('reveals >= reveal_limit');
      if (usedUp.length > 0) await this.end([grantId], 'used-up');
    },

    /** Ends grants that still run or are suspended, in the running transaction. @returns how many. */
    async end(ids: number[], reason: EndReason): Promise<number> {
      if (ids.length === 0) return 0;
      const state: GrantState = reason === 'used-up' ? 'used-up' : 'ended';
      const ended: Array<{ id: number }> = await (
        await tablesOf(strapi)
      )(GRANTS_TABLE)
        .whereIn('id', ids)
        .whereIn('state', ['active', 'suspended'])
        .update({ state, end_reason: reason })
        .returning('id');
      const grants: LoggedGrant[] = await strapi.db
        .query(GRANT)
        .findMany({ where: { id: { $in: ended.map(({ id }) => id) } }, populate: LOGGED });
      await auditOf(strapi).append(grants.map((grant) => entryOf(grant, 'grant.end', { reason })));
      await tellHolders('grant.end', grants);
      return ended.length;
    },

    /**
     * The running grants of a person over records, each with the records of these that it covers: one query, which begins
     * with the person's own rows of these records. A grant is worth what its approved request is.
     */
    async runningFor(
      holder: StaffRef,
      recordType: string,
      documentIds: readonly string[],
      now: Date
    ): Promise<RunningGrant[]> {
      const tables = await tablesOf(strapi);
      const query = tables(`${GRANT_RECORDS_TABLE} as scope`)
        .join('governance_access_grants as held', 'held.id', 'scope.grant_id')
        .join('governance_access_requests as request', 'request.id', 'held.request_id')
        .join('governance_staff_profiles as staff', 'staff.id', 'scope.holder_id')
        .join('governance_purposes as purpose', 'purpose.id', 'held.purpose_id')
        .where({ 'scope.holder_id': holder.id, 'scope.record_type': recordType })
        .whereIn('scope.document_id', [...documentIds])
        .where({ 'held.holder_id': holder.id, 'held.state': 'active' })
        // Who moved to another department holds nothing of what was approved for the old one.
        .where({ 'held.holder_department_id': holder.departmentId })
        .where('held.starts_at', '<=', now)
        .where('held.ends_at', '>', now)
        .where({ 'request.state': 'approved', 'request.requester_id': holder.id })
        .where({ 'staff.active': true, 'purpose.active': true })
        .select({
          id: 'held.id',
          documentId: 'held.document_id',
          attributes: 'held.attributes',
          asked: 'request.attributes',
          actions: 'held.actions',
          endsAt: 'held.ends_at',
          purpose: 'purpose.code',
          request: 'request.document_id',
          record: 'scope.document_id',
        });
      const grants = new Map<number, RunningGrant>();
      for (const row of (await query) as RunningRow[]) {
        const asked = new Set(fromJson(row.asked));
        const known = grants.get(row.id) ?? {
          ...row,
          attributes: fromJson(row.attributes).filter((attribute) => asked.has(attribute)),
          actions: fromJson(row.actions),
          endsAt: new Date(row.endsAt),
          records: new Set<string>(),
        };
        known.records.add(row.record);
        grants.set(row.id, known);
      }
      return [...grants.values()];
    },

    /** The newest running grants over one record, whoever holds them; for the record's side panel. */
    async ofRecord(
      recordType: string,
      documentId: string,
      now: Date,
      holder?: StaffRef
    ): Promise<Grant[]> {
      const tables = await tablesOf(strapi);
      const query = tables(`${GRANT_RECORDS_TABLE} as scope`)
        .join('governance_access_grants as held', 'held.id', 'scope.grant_id')
        .where({ 'scope.document_id': documentId, 'scope.record_type': recordType })
        .where({ 'held.state': 'active' })
        .where('held.starts_at', '<=', now)
        .where('held.ends_at', '>', now)
        .select({ id: 'scope.grant_id' })
        .orderBy('scope.grant_id', 'desc')
        .limit(SHOWN);
      if (holder) query.where({ 'scope.holder_id': holder.id });
      const ids = ((await query) as Array<{ id: number }>).map(({ id }) => id);
      return strapi.db.query(GRANT).findMany({
        where: { ...running(now), id: { $in: ids } },
        populate: { purpose: { select: ['code', 'name'] }, holder: { select: ['displayName'] } },
        orderBy: { endsAt: 'desc' },
      });
    },

    /** Ends a grant at once. @throws ApplicationError when it has ended already. */
    async revoke(documentId: string, reason: string, now: Date): Promise<void> {
      const to = { state: 'revoked', revoked_at: now, revoke_reason: reason } as const;
      await change(documentId, ['active', 'suspended'], to, 'grant.revoke');
    },

    /** Stops a grant until it is resumed: after an incident, say. Its term goes on running. */
    async suspend(documentId: string, reason: string): Promise<void> {
      const to = { state: 'suspended', suspend_reason: reason } as const;
      await change(documentId, ['active'], to, 'grant.suspend');
    },

    /**
     * Stops all running grants of a person, in the running transaction.
     * @param reason a code, which the log names too.
     * @returns their documentIds.
     */
    async suspendAllOf(holderId: number, reason: string, now: Date): Promise<string[]> {
      const suspended: Array<{ id: number }> = await (
        await tablesOf(strapi)
      )(GRANTS_TABLE)
        .where({ holder_id: holderId, state: 'active' })
        .where('ends_at', '>', now)
        .update({ state: 'suspended', suspend_reason: reason })
        .returning('id');
      const grants: LoggedGrant[] = await strapi.db
        .query(GRANT)
        .findMany({ where: { id: { $in: suspended.map(({ id }) => id) } }, populate: LOGGED });
      await auditOf(strapi).append(
        grants.map((grant) => entryOf(grant, 'grant.suspend', { reason }))
      );
      await tellHolders('grant.suspend', grants);
      return grants.map(({ documentId }) => documentId);
    },

    /** Lets a suspended grant run again. */
    async resume(documentId: string): Promise<void> {
      const to = { state: 'active', suspend_reason: null } as const;
      await change(documentId, ['suspended'], to, 'grant.resume');
    },

    /** A page of grants, newest first. */
    async page(
      filter: { state?: GrantState; holderId?: number },
      cursor: number | null,
      limit: number,
      now: Date
    ) {
      const term = {
        active: { state: 'active', endsAt: { $gt: now.toISOString() } },
        ended: {
          $or: [{ state: 'ended' }, { state: 'active', endsAt: { $lte: now.toISOString() } }],
        },
        suspended: { state: 'suspended' },
        'used-up': { state: 'used-up' },
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
          request: { select: ['documentId', 'records'] },
        },
        orderBy: { id: 'desc' },
        limit,
      });
    },

    countRunning: (now: Date) => strapi.db.query(GRANT).count({ where: running(now) }),

    /** Names the holder in rows of grants from before they had one. */
    async nameHolders(): Promise<void> {
      const tables = await tablesOf(strapi);
      await tables(GRANT_RECORDS_TABLE)
        .whereNull('holder_id')
        .update({
          holder_id: tables('governance_access_grants as held')
            .select('held.holder_id')
            .whereRaw('held.id = grant_id'),
        });
    },

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
