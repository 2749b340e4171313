import type { Core } from '@strapi/strapi';
import { errors } from '@strapi/utils';
import { approvalsOf } from '../approvals/approvals';
import type { ChainPreview } from '../approvals/plan';
import { auditOf } from '../audit/audit';
import type { AuditAction } from '../audit/actions';
import { inTransaction, tablesOf } from '../database';
import { notificationsOf } from '../notifications/notifications';
import { governedOperation } from '../operation';
import { organisationOf, type StaffRef } from '../organisation/organisation';
import { invalid } from '../refusal';
import { grantsOf } from './grants';
import { REQUEST, USE, type RequestRow, type RequestState } from './models';
import {
  approvableOf,
  assertSound,
  frozenRecords,
  type NewRequest,
  type SoundRequest,
} from './request-rules';
import { requestViews } from './request-views';

/** States in which approvers may decide. */
const OPEN: RequestState[] = ['submitted', 'in-review'];
/** States in which the requester may change it. */
const AMENDABLE: RequestState[] = ['draft', 'returned', ...OPEN];

const TABLE = 'governance_access_requests';

/** Access requests: from the requester's form to the grant, through the approvals. */
export function requestsService({ strapi }: { strapi: Core.Strapi }) {
  const load = (documentId: string): Promise<RequestRow | null> =>
    strapi.db.query(REQUEST).findOne({
      where: { documentId },
      populate: { requester: true, purpose: true },
    });

  const dataOf = (request: SoundRequest) => ({
    purpose: request.purposeRow.id,
    recordType: request.type,
    records: request.records,
    filter: request.filter ?? null,
    attributes: request.attributes,
    actions: ['reveal'],
    termDays: request.termDays,
    revealLimit: request.revealLimit ?? null,
    recipient: request.recipient ?? 'self',
    renewalOf: request.renewalOf ?? null,
    reason: request.reason,
  });

  /** Moves a request that is in one of the states; the database decides between racing moves. */
  const move = async (
    documentId: string,
    from: RequestState[],
    to: { state: RequestState } & Record<string, unknown>
  ): Promise<void> => {
    const changed = await (
      await tablesOf(strapi)
    )(TABLE)
      .where({ document_id: documentId })
      .whereIn('state', from)
      .update(to);
    if (changed !== 1) {
      throw new errors.ApplicationError(
        'This request is not open any more: it was decided, changed or withdrawn meanwhile. Reload the list.'
      );
    }
  };

  /** Opens the steps and writes the entry, in the running transaction. */
  const putForward = async (
    action: Extract<AuditAction, 'request.submit' | 'request.amend'>,
    documentId: string,
    request: SoundRequest,
    requester: StaffRef
  ): Promise<void> => {
    await auditOf(strapi).append({
      action,
      recordType: request.type,
      recordIds: request.records,
      attributes: request.attributes,
      purpose: request.purposeRow.code,
      requestId: documentId,
      details: { kind: USE, termDays: request.termDays },
    });
    const approvable = await approvableOf(strapi, request, requester);
    await approvalsOf(strapi).open({ kind: USE, subjectId: documentId, ...approvable });
  };

  const ownRequest = async (documentId: string, person: StaffRef): Promise<RequestRow> => {
    const request = await load(documentId);
    if (!request || request.requester.id !== person.id) {
      throw new errors.NotFoundError('There is no such request of yours.');
    }
    return request;
  };

  return {
    /** Registers with the approvals what becomes of a request. */
    register(): void {
      approvalsOf(strapi).registerKind({
        kind: USE,
        onApproved: (documentId) => this.approve(documentId, new Date()),
        onExpired: (documentId) => this.settle(documentId, 'expired', new Date()),
        onRejected: (documentId) => this.settle(documentId, 'rejected', new Date()),
        onReturned: (documentId) => move(documentId, OPEN, { state: 'returned' }),
        onProgress: (documentId) => move(documentId, OPEN, { state: 'in-review' }),
        views: (ids) => this.views(ids),
      });
    },

    /** The chain of approvals that such a request of whoever asks would have, and over how many records. Nothing is stored. */
    async preview(
      request: NewRequest,
      now: Date = new Date()
    ): Promise<ChainPreview & { recordCount: number }> {
      const requester = await organisationOf(strapi).requireStaff();
      const sound = await assertSound(strapi, request, requester);
      const approvable = await approvableOf(strapi, sound, requester);
      const chain = await approvalsOf(strapi).preview(approvable, now);
      return { ...chain, recordCount: sound.records.length };
    },

    /**
     * Submits a request of whoever asks, or keeps it as a draft, which nobody is asked to decide.
     * @returns its documentId.
     */
    async submit(request: NewRequest, { draft = false } = {}, now = new Date()): Promise<string> {
      const requester = await organisationOf(strapi).requireStaff();
      const sound = await assertSound(strapi, request, requester);
      return inTransaction(strapi, async () => {
        const row = await governedOperation('access-request', () =>
          strapi.db.query(REQUEST).create({
            data: {
              ...dataOf(sound),
              state: draft ? 'draft' : 'submitted',
              requester: requester.id,
              submittedAt: draft ? null : now,
              publishedAt: now,
            },
          })
        );
        if (!draft) await putForward('request.submit', row.documentId, sound, requester);
        return row.documentId;
      });
    },

    /**
     * Changes a request that is not decided yet, and submits it; its steps start anew. Only its requester may.
     * @throws ApplicationError when it was decided or withdrawn meanwhile.
     */
    async amend(
      documentId: string,
      request: NewRequest,
      { draft = false } = {},
      now = new Date()
    ): Promise<void> {
      const requester = await organisationOf(strapi).requireStaff();
      const before = await ownRequest(documentId, requester);
      if (draft && OPEN.includes(before.state)) {
        throw invalid('draft', 'the request is submitted already. Leave it out to submit it anew');
      }
      const sound = await assertSound(strapi, request, requester);
      await inTransaction(strapi, async () => {
        // Steps before the request, as a decision takes them, so that the two cannot wait for each other.
        await approvalsOf(strapi).cancel(USE, documentId);
        const from: RequestState[] = draft ? ['draft', 'returned'] : AMENDABLE;
        const state = draft ? before.state : 'submitted';
        await move(documentId, from, draft ? { state } : { state, submitted_at: now });
        await governedOperation('access-request', () =>
          strapi.db.query(REQUEST).update({ where: { id: before.id }, data: dataOf(sound) })
        );
        if (draft) return;
        const action = before.state === 'draft' ? 'request.submit' : 'request.amend';
        await putForward(action, documentId, sound, requester);
      });
    },

    /** Takes a request back that is not decided yet. Only its requester may. */
    async withdraw(documentId: string, now: Date = new Date()): Promise<void> {
      const person = await organisationOf(strapi).requireStaff();
      await inTransaction(strapi, async () => {
        const { state } = await ownRequest(documentId, person);
        await approvalsOf(strapi).cancel(USE, documentId);
        await move(documentId, AMENDABLE, { state: 'withdrawn', decided_at: now });
        await auditOf(strapi).append({ action: 'request.withdraw', requestId: documentId });
        // Of a draft nobody has heard.
        if (state === 'draft') return;
        await notificationsOf(strapi).announce('withdrawn', { kind: USE, requestId: documentId });
      });
    },

    /** Makes a grant of a request that all its steps approved, in the deciding transaction. */
    async approve(documentId: string, now: Date): Promise<void> {
      const request = await load(documentId);
      if (!request) throw new errors.NotFoundError('The request is not there any more.');
      const records = await frozenRecords(strapi, request);
      if (records.length === 0) {
        throw new errors.ApplicationError(
          'No record matches the filter of this request any more. Reject or return it.'
        );
      }
      await this.settle(documentId, 'approved', now);
      if (records.length < request.records.length) {
        await governedOperation('access-request', () =>
          strapi.db.query(REQUEST).update({ where: { id: request.id }, data: { records } })
        );
      }
      await grantsOf(strapi).create({ ...request, records }, now);
    },

    /** Ends an open request; the database decides between racing ends. */
    settle: (
      documentId: string,
      state: Extract<RequestState, 'approved' | 'rejected' | 'expired'>,
      now: Date
    ): Promise<void> => move(documentId, OPEN, { state, decided_at: now }),

    /** Whether there is such a request, of the person if one is given. */
    async isThere(documentId: string, person: StaffRef | null): Promise<boolean> {
      const own = person ? { requester: { id: person.id } } : {};
      return (await strapi.db.query(REQUEST).count({ where: { documentId, ...own } })) > 0;
    },

    /** A page of a person's own requests, or of everybody's; newest first. */
    async pageOf(
      person: StaffRef | null,
      state: RequestState | undefined,
      cursor: number | null,
      limit: number
    ) {
      return strapi.db.query(REQUEST).findMany({
        select: ['id', 'documentId'],
        where: {
          ...(person ? { requester: { id: person.id } } : {}),
          ...(state ? { state } : {}),
          ...(cursor === null ? {} : { id: { $lt: cursor } }),
        },
        orderBy: { id: 'desc' },
        limit,
      }) as Promise<Array<{ id: number; documentId: string }>>;
    },

    countPending: (person: StaffRef) =>
      strapi.db
        .query(REQUEST)
        .count({ where: { requester: { id: person.id }, state: { $in: OPEN } } }),

    /** The open request of a person over a record, if there is one. */
    async pendingFor(person: StaffRef, type: string, documentId: string): Promise<string | null> {
      const rows = (await strapi.db.query(REQUEST).findMany({
        select: ['documentId', 'records'],
        where: { requester: { id: person.id }, state: { $in: OPEN }, recordType: type },
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
