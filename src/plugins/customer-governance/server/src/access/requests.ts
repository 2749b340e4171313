import type { Core } from '@strapi/strapi';
import { errors } from '@strapi/utils';
import { approvalsOf } from '../approvals/approvals';
import type { Approvable, ChainPreview } from '../approvals/plan';
import { auditOf } from '../audit/audit';
import { inTransaction, tablesOf } from '../database';
import { governedOperation } from '../operation';
import { organisationOf, type StaffRef } from '../organisation/organisation';
import { LEVELS, policyOf, type Level } from '../policy';
import { vaultOf } from '../vault/vault';
import { grantsOf } from './grants';
import { activePurpose, CUSTOMER, customersOf, justified } from './lawfulness';
import { REQUEST, USE, type RequestRow } from './models';
import { requestViews } from './request-views';
import { visibleToAdmin } from './visibility';

export interface NewRequest {
  type: string;
  records: string[];
  purpose: string;
  attributes: string[];
  termDays: number;
  reason: string;
}

/** Access requests: from the requester's form to the grant, through the approvals. */
export function requestsService({ strapi }: { strapi: Core.Strapi }) {
  const load = (documentId: string): Promise<RequestRow | null> =>
    strapi.db.query(REQUEST).findOne({
      where: { documentId },
      populate: { requester: true, purpose: true },
    });

  const levelOf = (type: string, attribute: string): Level =>
    policyOf(strapi).classificationOf(type, attribute)?.level ?? 'sensitive';

  /** Who asks, and what the policy's approval rules ask about the request. */
  const approvableOf = async (request: NewRequest, requester: StaffRef): Promise<Approvable> => {
    const levels = request.attributes.map((attribute) =>
      LEVELS.indexOf(levelOf(request.type, attribute))
    );
    const customers = await customersOf(strapi, request.type, request.records);
    const rows = (await strapi.db.query(CUSTOMER).findMany({
      select: ['keyCustomer'],
      where: { documentId: { $in: [...new Set(customers.values())] } },
      populate: { owner: { select: ['id'] } },
    })) as Array<{ keyCustomer?: boolean; owner?: { id: number } | null }>;
    const owners = new Set(rows.flatMap(({ owner }) => owner?.id ?? []));
    // Records without a customer have no owner: they are nobody's own.
    const own = rows.length > 0 && rows.every(({ owner }) => owner?.id === requester.id);
    owners.delete(requester.id);
    return {
      requester,
      owners: [...owners],
      facts: {
        kind: USE,
        sensitivity: LEVELS[Math.max(0, ...levels)] ?? 'sensitive',
        keyCustomer: rows.some(({ keyCustomer }) => keyCustomer === true),
        ownership: own ? 'own' : 'other',
        records: request.records.length,
      },
    };
  };

  const assertSound = async (request: NewRequest): Promise<{ id: number; code: string }> => {
    const known = vaultOf(strapi).protectedAttributes(request.type);
    if (Object.keys(known).length === 0) {
      throw new errors.ValidationError(`type: "${request.type}" is not a governed type`);
    }
    const unknown = request.attributes.filter((attribute) => !Object.hasOwn(known, attribute));
    if (unknown.length > 0) {
      throw new errors.ValidationError(
        `attributes: not protected attributes of this type: ${unknown.join(', ')}`
      );
    }
    const purpose = await activePurpose(strapi, request.purpose);
    if (!purpose)
      throw new errors.ValidationError('purpose: there is no active purpose of this code');
    const allowed = justified(purpose, request.type);
    const beyond = request.attributes.filter((attribute) => !allowed.has(attribute));
    if (beyond.length > 0) {
      throw new errors.ValidationError(
        `attributes: the purpose ${purpose.code} does not justify ${beyond.join(', ')}. Choose another purpose or leave them out`
      );
    }
    const { maxTermDays } = policyOf(strapi).get().access;
    if (request.termDays > maxTermDays) {
      throw new errors.ValidationError(`termDays: the policy allows at most ${maxTermDays} days`);
    }
    const visible = await visibleToAdmin(strapi, request.type, request.records);
    if (!request.records.every((id) => visible.has(id))) {
      throw new errors.ValidationError(
        'records: some do not exist, or are not among those that you may read'
      );
    }
    return purpose;
  };

  return {
    /** Registers with the approvals what becomes of a request. */
    register(): void {
      approvalsOf(strapi).registerKind({
        kind: USE,
        onApproved: async (documentId) => {
          const now = new Date();
          const request = await load(documentId);
          if (!request) throw new errors.NotFoundError('The request is not there any more.');
          await this.settle(documentId, 'approved', now);
          await grantsOf(strapi).create(request, now);
        },
        onExpired: (documentId) => this.settle(documentId, 'expired', new Date()),
        onRejected: (documentId) => this.settle(documentId, 'rejected', new Date()),
        views: (ids) => this.views(ids),
      });
    },

    /** The chain of approvals that such a request of whoever asks would have. Nothing is stored. */
    async preview(request: NewRequest, now: Date = new Date()): Promise<ChainPreview> {
      const requester = await organisationOf(strapi).requireStaff();
      await assertSound(request);
      return approvalsOf(strapi).preview(await approvableOf(request, requester), now);
    },

    /** Submits a request of whoever asks. @returns its documentId. */
    async submit(request: NewRequest, now: Date = new Date()): Promise<string> {
      const requester = await organisationOf(strapi).requireStaff();
      const purpose = await assertSound(request);
      return inTransaction(strapi, async () => {
        const row = await governedOperation('access-request', () =>
          strapi.db.query(REQUEST).create({
            data: {
              purpose: purpose.id,
              recordType: request.type,
              records: request.records,
              attributes: request.attributes,
              actions: ['reveal'],
              termDays: request.termDays,
              reason: request.reason,
              state: 'pending',
              requester: requester.id,
              submittedAt: now,
              publishedAt: now,
            },
          })
        );
        await auditOf(strapi).append({
          action: 'request.submit',
          recordType: request.type,
          recordIds: request.records,
          attributes: request.attributes,
          purpose: purpose.code,
          requestId: row.documentId,
          details: { kind: USE, termDays: request.termDays },
        });
        const approvable = await approvableOf(request, requester);
        await approvalsOf(strapi).open({ kind: USE, subjectId: row.documentId, ...approvable });
        return row.documentId;
      });
    },

    /** Takes a pending request back. Only its requester may. */
    async withdraw(documentId: string, now: Date = new Date()): Promise<void> {
      const person = await organisationOf(strapi).requireStaff();
      await inTransaction(strapi, async () => {
        const request = await load(documentId);
        if (!request || request.requester.id !== person.id) {
          throw new errors.NotFoundError('There is no such request of yours.');
        }
        // Steps before the request, as a decision takes them, so that the two cannot wait for each other.
        await approvalsOf(strapi).cancel(USE, documentId);
        await this.settle(documentId, 'withdrawn', now);
        await auditOf(strapi).append({ action: 'request.withdraw', requestId: documentId });
      });
    },

    /** Ends a pending request; the database decides between racing ends. */
    async settle(
      documentId: string,
      state: 'approved' | 'rejected' | 'withdrawn' | 'expired',
      now: Date
    ) {
      const changed = await (
        await tablesOf(strapi)
      )('governance_access_requests')
        .where({ document_id: documentId, state: 'pending' })
        .update({ state, decided_at: now });
      if (changed !== 1) {
        throw new errors.ApplicationError('This request is not pending any more. Reload the list.');
      }
    },

    /** A page of a person's own requests, newest first. */
    async pageOf(
      person: StaffRef,
      state: string | undefined,
      cursor: number | null,
      limit: number
    ) {
      return strapi.db.query(REQUEST).findMany({
        select: ['id', 'documentId'],
        where: {
          requester: { id: person.id },
          ...(state ? { state } : {}),
          ...(cursor === null ? {} : { id: { $lt: cursor } }),
        },
        orderBy: { id: 'desc' },
        limit,
      }) as Promise<Array<{ id: number; documentId: string }>>;
    },

    countPending: (person: StaffRef) =>
      strapi.db.query(REQUEST).count({ where: { requester: { id: person.id }, state: 'pending' } }),

    /** The pending request of a person over a record, if there is one. */
    async pendingFor(person: StaffRef, type: string, documentId: string): Promise<string | null> {
      const rows = (await strapi.db.query(REQUEST).findMany({
        select: ['documentId', 'records'],
        where: { requester: { id: person.id }, state: 'pending', recordType: type },
        orderBy: { id: 'desc' },
        limit: 100,
      })) as Array<{ documentId: string; records: string[] }>;
      return rows.find(({ records }) => records.includes(documentId))?.documentId ?? null;
    },

    views: (documentIds: string[]) => requestViews(strapi, documentIds),
  };
}

export type RequestsService = ReturnType<typeof requestsService>;

export const requestsOf = (strapi: Core.Strapi) =>
  strapi.plugin('customer-governance').service('requests') as RequestsService;
