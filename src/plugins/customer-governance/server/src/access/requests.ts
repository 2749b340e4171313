import type { Core } from '@strapi/strapi';
import { errors } from '@strapi/utils';
import { approvalsOf } from '../approvals/approvals';
import type { ChainPreview } from '../approvals/plan';
import { auditOf } from '../audit/audit';
import type { AuditAction } from '../audit/actions';
import { isUniqueViolation } from '../customers/entry/unique';
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
import { pendingKeyOf, refuseRepeat } from './repeats';
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
      .update(OPEN.includes(to.state) ? to : { ...to, pending_key: null });
    if (changed !== 1) {
      throw new errors.ApplicationError(
        'This request is not open any more: it was decided, changed or withdrawn meanwhile. Reload the list.'
      );
    }
  };

  /** Runs `work`, in which a request comes to have the key. @throws ApplicationError when another open one has it. */
  const once = async <T>(pendingKey: string | null, work: () => Promise<T>, own?: string) => {
    if (pendingKey !== null) await refuseRepeat(strapi, pendingKey, own);
    try {
      return await work();
    } catch (error) {
      if (pendingKey !== null && isUniqueViolation(error)) {
        await refuseRepeat(strapi, pendingKey, own);
      }
      throw error;
    }
  };

  /** Writes the entry of a request, in the running transaction. */
  const log = (
    action: Extract<AuditAction, 'request.draft' | 'request.submit' | 'request.amend'>,
    documentId: string,
    request: SoundRequest
  ): Promise<void> =>
    auditOf(strapi).append({
      action,
      recordType: request.type,
      recordIds: request.records,
      attributes: request.attributes,
      purpose: request.purposeRow.code,
      requestId: documentId,
      details: { kind: USE, termDays: request.termDays },
    });

  /** Opens the steps and writes the entry, in the running transaction. */
  const putForward = async (
    action: Extract<AuditAction, 'request.submit' | 'request.amend'>,
    documentId: string,
    request: SoundRequest,
    requester: StaffRef
  ): Promise<void> => {
    await log(action, documentId, request);
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
     * @throws ApplicationError when the same is open already, also when both are submitted at the same moment.
     */
    async submit(request: NewRequest, { draft = false } = {}, now = new Date()): Promise<string> {
      const requester = await organisationOf(strapi).requireStaff();
      const sound = await assertSound(strapi, request, requester);
      const pendingKey = draft ? null : pendingKeyOf(requester.id, sound);
      const store = async (): Promise<string> => {
        const row = await governedOperation('access-request', () =>
          strapi.db.query(REQUEST).create({
            data: {
              ...dataOf(sound),
              state: draft ? 'draft' : 'submitted',
              pendingKey,
              requester: requester.id,
              submittedAt: draft ? null : now,
              publishedAt: now,
            },
          })
        );
        if (draft) await log('request.draft', row.documentId, sound);
        else await putForward('request.submit', row.documentId, sound, requester);
        return row.documentId;
      };
      return once(pendingKey, () => inTransaction(strapi, store));
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
      const pendingKey = draft ? null : pendingKeyOf(requester.id, sound);
      const change = async (): Promise<void> => {
        // Steps before the request, as a decision takes them, so that the two cannot wait for each other.
        await approvalsOf(strapi).cancel(USE, documentId);
        const from: RequestState[] = draft ? ['draft', 'returned'] : AMENDABLE;
        const state = draft ? before.state : 'submitted';
        await move(documentId, from, draft ? { state } : { state, submitted_at: now });
        await governedOperation('access-request', () =>
          strapi.db
            .query(REQUEST)
            .update({ where: { id: before.id }, data: { ...dataOf(sound), pendingKey } })
        );
        if (draft) return log('request.draft', documentId, sound);
        const action = before.state === 'draft' ? 'request.submit' : 'request.amend';
        await putForward(action, documentId, sound, requester);
      };
      await once(pendingKey, () => inTransaction(strapi, change), documentId);
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
      // By the column itself: by the relation, a database may walk the requests of everybody.
      const query = (await tablesOf(strapi))(TABLE)
        .select({ id: 'id', documentId: 'document_id' })
        .where({ ...(person ? { requester_id: person.id } : {}), ...(state ? { state } : {}) })
        .orderBy('id', 'desc')
        .limit(limit);
      if (cursor !== null) query.where('id', '<', cursor);
      return (await query) as Array<{ id: number; documentId: string }>;
    },

    countPending: (person: StaffRef) =>
      strapi.db
        .query(REQUEST)
        .count({ where: { requester: { id: person.id }, state: { $in: OPEN } } }),

    /** The latest open request of a person over a record, if there is one. */
    async pendingFor(person: StaffRef, type: string, documentId: string): Promise<string | null> {
      const [row] = (await (
        await tablesOf(strapi)
      )(TABLE)
        .select('document_id')
        .where({ requester_id: person.id, record_type: type })
        .whereIn('state', OPEN)
        // Ids stand in quotes in the JSON text, so that one id does not match within another.
        .whereRaw('CAST(records AS TEXT) LIKE ?', [`%"${documentId}"%`])
        .orderBy('id', 'desc')
        .limit(1)) as Array<{ document_id: string }>;
      return row?.document_id ?? null;
    },

    views: (documentIds: string[]) => requestViews(strapi, documentIds),
  };
}

export type RequestsService = ReturnType<typeof requestsService>;

export const requestsOf = (strapi: Core.Strapi) =>
  strapi.plugin('customer-governance').service('requests') as RequestsService;
