import type { Core } from '@strapi/strapi';
import { errors } from '@strapi/utils';
import { approvalsOf } from '../approvals/approvals';
import type { ChainPreview } from '../approvals/plan';
import { auditOf } from '../audit/audit';
import { calendarOf } from '../calendar';
import { inTransaction, lockRow, tablesOf } from '../database';
import { PLUGIN } from '../domain';
import { governedOperation } from '../operation';
import { notificationsOf } from '../notifications/notifications';
import { organisationOf, type StaffRef } from '../organisation/organisation';
import { policyOf } from '../policy';
import { vaultOf } from '../vault/vault';
import { applyChange } from './application';
import {
  CHANGE,
  CHANGE_REQUEST,
  CHANGE_TABLE,
  loadChange,
  storedRecord,
  type ChangeRow,
  type ChangeState,
} from './change-request';
import { controlRule } from './control';
import { createForgetting } from './forgetting';
import { noteLate } from './late';
import {
  approvableOf,
  assertControlled,
  assertNonePending,
  checkProposal,
  type Proposal,
} from './proposal';
import { changeViews } from './views';

const NO_SUCH_RECORD = 'No such record, or not one that you may read.';

/** Changes of controlled attributes: proposed by one person, applied by the approval of another. */
export function changesService({ strapi }: { strapi: Core.Strapi }) {
  const control = controlRule(strapi);

  const page = (
    where: Record<string, unknown>,
    cursor: number | null,
    limit: number
  ): Promise<Array<{ id: number; documentId: string }>> =>
    strapi.db.query(CHANGE_REQUEST).findMany({
      select: ['id', 'documentId'],
      where: { ...where, ...(cursor === null ? {} : { id: { $lt: cursor } }) },
      orderBy: { id: 'desc' },
      limit,
    });

  /** Ends a pending request and leaves nothing of what it proposed. */
  const drop = async (documentId: string, state: ChangeState, now: Date) => {
    await settle(documentId, state, now);
    await vaultOf(strapi).pending.forget(documentId);
  };

  /** The database decides between racing ends. */
  const settle = async (documentId: string, state: ChangeState, now: Date) => {
    const changed = await (
      await tablesOf(strapi)
    )(CHANGE_TABLE)
      .where({ document_id: documentId, state: 'pending' })
      .update({ state, decided_at: now });
    if (changed !== 1) {
      throw new errors.ApplicationError('This request is not pending any more. Reload the list.');
    }
  };

  return {
    /** The rule by which entries leave controlled attributes alone. */
    control,

    /** Registers with the approvals what becomes of a change request. */
    register(): void {
      approvalsOf(strapi).registerKind({
        kind: CHANGE,
        onApproved: async (documentId) => {
          const now = new Date();
          await settle(documentId, 'applied', now);
          await applyChange(strapi, documentId, control, now);
        },
        onRejected: (documentId) => drop(documentId, 'rejected', new Date()),
        onExpired: (documentId) => drop(documentId, 'expired', new Date()),
        views: (ids) => changeViews(strapi, ids, new Date()),
      });
    },

    /** The chain of approvals that a change by this person would have. Nothing is stored. */
    async preview(
      proposal: Proposal,
      requester: StaffRef,
      now: Date = new Date()
    ): Promise<ChainPreview> {
      assertControlled(strapi, proposal);
      return approvalsOf(strapi).preview(await approvableOf(strapi, proposal, requester), now);
    },

    /**
     * Opens a change request for a record that the caller has found to be within the asker's sight.
     * @returns its documentId.
     */
    async submit(proposal: Proposal, requester: StaffRef, now: Date = new Date()): Promise<string> {
      const { type, documentId, reason } = proposal;
      assertControlled(strapi, proposal);
      const found = await storedRecord(strapi, type, documentId);
      if (!found) throw new errors.NotFoundError(NO_SUCH_RECORD);
      return inTransaction(strapi, async () => {
        await lockRow(strapi, type, found.id);
        const record = await storedRecord(strapi, type, documentId);
        if (!record) throw new errors.NotFoundError(NO_SUCH_RECORD);
        await assertNonePending(strapi, proposal);
        const checked = await checkProposal(strapi, proposal, record, control);
        const { lateAfter } = policyOf(strapi).get().changes;
        const row = (await governedOperation('change', () =>
          strapi.db.query(CHANGE_REQUEST).create({
            data: {
              recordType: type,
              recordId: documentId,
              attributes: checked.attributes,
              before: checked.before,
              after: checked.after,
              reason,
              state: 'pending',
              requester: requester.id,
              submittedAt: now,
              lateAt: calendarOf(strapi).addWorkingTime(now, { days: lateAfter.workingDays }).at,
              publishedAt: now,
            },
          })
        )) as ChangeRow;
        const place = { requestId: row.documentId, type, documentId };
        await vaultOf(strapi).pending.propose(place, checked.sealed);
        await auditOf(strapi).append({
          action: 'request.submit',
          recordType: type,
          recordIds: [documentId],
          attributes: checked.attributes,
          requestId: row.documentId,
          details: { kind: CHANGE },
        });
        const approvable = await approvableOf(strapi, proposal, requester);
        await approvalsOf(strapi).open({
          kind: CHANGE,
          subjectId: row.documentId,
          ...approvable,
        });
        return row.documentId;
      });
    },

    /** Takes a pending request of whoever asks back. */
    async withdraw(documentId: string, now: Date = new Date()): Promise<void> {
      const person = await organisationOf(strapi).requireStaff();
      await inTransaction(strapi, async () => {
        const request = await loadChange(strapi, documentId);
        if (request?.requester?.id !== person.id) {
          throw new errors.NotFoundError('There is no such request of yours.');
        }
        // Steps before the request, as a decision takes them, so that the two cannot wait for each other.
        await approvalsOf(strapi).cancel(CHANGE, documentId);
        await drop(documentId, 'withdrawn', now);
        await auditOf(strapi).append({ action: 'request.withdraw', requestId: documentId });
        await notificationsOf(strapi).announce('withdrawn', {
          kind: CHANGE,
          requestId: documentId,
        });
      });
    },

    /** A page of a person's own change requests, newest first. */
    pageOf: (
      person: StaffRef,
      state: ChangeState | undefined,
      cursor: number | null,
      limit: number
    ) => page({ requester: { id: person.id }, ...(state ? { state } : {}) }, cursor, limit),

    /** A page of the changes of one record, newest first. */
    historyOf: (type: string, documentId: string, cursor: number | null, limit: number) =>
      page({ recordType: type, recordId: documentId }, cursor, limit),

    views: (documentIds: string[], now: Date = new Date()) => changeViews(strapi, documentIds, now),

    /** Writes into the log which changes nobody decided in time. @returns how many. */
    noteLate: (now: Date): Promise<number> => noteLate(strapi, now),

    ...createForgetting(strapi),
  };
}

export type ChangesService = ReturnType<typeof changesService>;

export const changesOf = (strapi: Core.Strapi) =>
  strapi.plugin(PLUGIN).service('changes') as ChangesService;
