import { randomBytes } from 'node:crypto';
import type { Core } from '@strapi/strapi';
import { errors } from '@strapi/utils';
import { approvalsOf } from '../../approvals/approvals';
import type { Approvable, ChainPreview } from '../../approvals/plan';
import { auditOf } from '../../audit/audit';
import { inTransaction, tablesOf } from '../../database';
import { PLUGIN } from '../../domain';
import { notificationsOf } from '../../notifications/notifications';
import { organisationOf, type StaffRef } from '../../organisation/organisation';
import { LEVELS, policyOf } from '../../policy';
import { CUSTOMER } from '../../policy/attribute-path';
import { createCarryingOut, type Choice } from './carrying-out';
import { DISTINCT_FILES, MERGE, MERGES, readMerge, type MergeRow, type MergeState } from './models';
import { createSuspicions } from './suspicions';
import { mergeViews } from './views';

export interface Proposal extends Choice {
  reason: string;
}

/** Thrown to take a rehearsal back. */
class Rehearsed extends Error {}

/** Two files of one customer become one, by the request of one person and the approval of another [COL-7]. */
export function mergesService({ strapi }: { strapi: Core.Strapi }) {
  const carryingOut = createCarryingOut(strapi);

  const load = async (documentId: string): Promise<MergeRow | null> => {
    const row = await (await tablesOf(strapi))(MERGES).where({ document_id: documentId }).first();
    return row ? readMerge(row) : null;
  };

  /** Does all of it and takes it back, so that what stands against a merge is told to whoever asks, not to whoever decides. */
  const rehearse = async (choice: Choice, now: Date): Promise<void> => {
    try {
      await inTransaction(strapi, async () => {
        await carryingOut.carryOut(choice, 'rehearsal', now);
        throw new Rehearsed();
      });
    } catch (error) {
      if (!(error instanceof Rehearsed)) throw error;
    }
  };

  /** Who asks, and what the policy's approval rules ask about the two files. */
  const approvableOf = async (choice: Choice, requester: StaffRef): Promise<Approvable> => {
    const rows = (await strapi.db.query(CUSTOMER).findMany({
      select: ['keyCustomer'],
      where: { documentId: { $in: [choice.survivor, choice.merged] } },
      populate: { owner: { select: ['id'] } },
    })) as Array<{ keyCustomer?: boolean; owner?: { id: number } | null }>;
    const levels = choice.taken.map((name) =>
      LEVELS.indexOf(policyOf(strapi).classificationOf(CUSTOMER, name)?.level ?? 'sensitive')
    );
    const others = rows.flatMap(({ owner }) =>
      owner && owner.id !== requester.id ? owner.id : []
    );
    return {
      requester,
      owners: [...new Set(others)],
      facts: {
        kind: MERGE,
        sensitivity: LEVELS[Math.max(0, ...levels)] ?? 'sensitive',
        keyCustomer: rows.some(({ keyCustomer }) => keyCustomer === true),
        ownership: rows.every(({ owner }) => owner?.id === requester.id) ? 'own' : 'other',
        records: rows.length,
      },
    };
  };

  /** The database decides between racing ends. */
  const settle = async (
    documentId: string,
    state: MergeState,
    now: Date,
    more: Record<string, unknown> = {}
  ): Promise<void> => {
    const changed = await (
      await tablesOf(strapi)
    )(MERGES)
      .where({ document_id: documentId, state: 'pending' })
      .update({ state, decided_at: now.getTime(), ...more });
    if (changed !== 1) {
      throw new errors.ApplicationError('This request is not pending any more. Reload the list.');
    }
  };

  /** Under the locks of both files, so that no two requests are open for one. */
  const assertNonePending = async ({ survivor, merged }: Choice): Promise<void> => {
    const ids = [survivor, merged];
    const open = await (
      await tablesOf(strapi)
    )(MERGES)
      .where({ state: 'pending' })
      .where((either) => either.whereIn('survivor_id', ids).orWhereIn('merged_id', ids))
      .first('id');
    if (open) {
      throw new errors.ApplicationError(
        'A merge of one of the two files waits for its approval already. Wait for the decision, or have it withdrawn.'
      );
    }
  };

  const carryOut = async (documentId: string, now: Date): Promise<void> => {
    const request = await load(documentId);
    if (!request) throw new errors.NotFoundError('The request is not there any more.');
    const { survivor_id: survivor, merged_id: merged, taken } = request;
    const row = (await strapi.db
      .query(CUSTOMER)
      .findOne({ select: ['filingNumber'], where: { documentId: merged } })) as {
      filingNumber: string | null;
    } | null;
    await settle(documentId, 'merged', now);
    // What had gone into the one that goes now is part of the one that stays.
    await (
      await tablesOf(strapi)
    )(MERGES)
      .where({ current_id: merged })
      .update({ current_id: survivor });
    const moved = await carryingOut.carryOut({ survivor, merged, taken }, documentId, now);
    const tables = await tablesOf(strapi);
    await tables(MERGES)
      .where({ document_id: documentId })
      .update({ moved: JSON.stringify(moved), merged_number: row?.filingNumber ?? null });
    const distinct = tables(DISTINCT_FILES).where((either) =>
      either.where({ first_id: merged }).orWhere({ second_id: merged })
    );
    await distinct.delete();
  };

  return {
    suspicions: createSuspicions(strapi),

    /** Tells the approvals what becomes of a request to merge. */
    registerKind(): void {
      approvalsOf(strapi).registerKind({
        kind: MERGE,
        onApproved: (documentId) => carryOut(documentId, new Date()),
        onRejected: (documentId) => settle(documentId, 'rejected', new Date()),
        onExpired: (documentId) => settle(documentId, 'expired', new Date()),
        views: (documentIds) => mergeViews(strapi, documentIds),
      });
    },

    /** The chain of approvals that a merge by this person would have. Nothing is stored. */
    preview: async (choice: Choice, requester: StaffRef): Promise<ChainPreview> =>
      approvalsOf(strapi).preview(await approvableOf(choice, requester)),

    /**
     * Asks for the merge of two files that the caller has found to be within the asker's sight.
     * @returns its documentId. @throws what would stand against the merge now.
     */
    async submit(proposal: Proposal, requester: StaffRef, now: Date = new Date()): Promise<string> {
      const { survivor, merged, taken, reason } = proposal;
      if (survivor === merged) {
        throw new errors.ValidationError('merged: choose another file than the one that stays');
      }
      await rehearse(proposal, now);
      return inTransaction(strapi, async () => {
        await carryingOut.lockBoth(proposal);
        await assertNonePending(proposal);
        const documentId = randomBytes(12).toString('hex');
        await (
          await tablesOf(strapi)
        )(MERGES).insert({
          document_id: documentId,
          survivor_id: survivor,
          merged_id: merged,
          current_id: survivor,
          merged_number: null,
          taken: JSON.stringify(taken),
          reason,
          state: 'pending',
          requester_id: requester.id,
          submitted_at: now.getTime(),
          decided_at: null,
          moved: null,
        });
        await auditOf(strapi).append({
          action: 'request.submit',
          recordType: CUSTOMER,
          recordIds: [survivor, merged],
          attributes: taken,
          requestId: documentId,
          details: { kind: MERGE },
        });
        await approvalsOf(strapi).open({
          kind: MERGE,
          subjectId: documentId,
          ...(await approvableOf(proposal, requester)),
        });
        return documentId;
      });
    },

    /** Takes a pending request of whoever asks back. */
    async withdraw(documentId: string, now: Date = new Date()): Promise<void> {
      const person = await organisationOf(strapi).requireStaff();
      await inTransaction(strapi, async () => {
        const request = await load(documentId);
        if (request?.requester_id !== person.id) {
          throw new errors.NotFoundError('There is no such request of yours.');
        }
        // Steps before the request, as a decision takes them, so that the two cannot wait for each other.
        await approvalsOf(strapi).cancel(MERGE, documentId);
        await settle(documentId, 'withdrawn', now);
        await auditOf(strapi).append({ action: 'request.withdraw', requestId: documentId });
        await notificationsOf(strapi).announce('withdrawn', { kind: MERGE, requestId: documentId });
      });
    },

    /** A page of merges, the newest first: of one person, or those that a customer's file came out of. */
    async page(
      of: { requester: StaffRef } | { customer: string },
      cursor: number | null,
      limit: number
    ): Promise<Array<{ id: number; document_id: string }>> {
      const query = (await tablesOf(strapi))(MERGES)
        .select('id', 'document_id')
        .orderBy('id', 'desc')
        .limit(limit);
      if ('requester' in of) query.where({ requester_id: of.requester.id });
      else {
        const { customer } = of;
        query.where((either) =>
          either
            .where({ current_id: customer, state: 'merged' })
            .orWhere((open) =>
              open
                .where({ state: 'pending' })
                .where((side) =>
                  side.where({ survivor_id: customer }).orWhere({ merged_id: customer })
                )
            )
        );
      }
      if (cursor !== null) query.where('id', '<', cursor);
      return query;
    },

    views: (documentIds: readonly string[]) => mergeViews(strapi, documentIds),

    /**
     * Where a file that has gone into another one is now, by its number or its documentId.
     * @returns the documentId of the file that it is part of; `null` where there was no such merge.
     */
    async locate(file: { number: string } | { documentId: string }): Promise<string | null> {
      const where =
        'number' in file ? { merged_number: file.number } : { merged_id: file.documentId };
      const row = (await (
        await tablesOf(strapi)
      )(MERGES)
        .where({ ...where, state: 'merged' })
        .orderBy('id', 'desc')
        .first('current_id')) as { current_id: string } | undefined;
      return row?.current_id ?? null;
    },

    /** The files that have gone into this one, for the history of it in the log. */
    async partsOf(documentId: string, limit: number): Promise<string[]> {
      const rows = (await (
        await tablesOf(strapi)
      )(MERGES)
        .select('merged_id')
        .where({ current_id: documentId, state: 'merged' })
        .orderBy('id', 'desc')
        .limit(limit)) as Array<{ merged_id: string }>;
      return rows.map(({ merged_id: id }) => id);
    },

    /** With a customer go the merges that its file came out of; those that wait for a decision wait no more. */
    async forget(documentIds: readonly string[]): Promise<void> {
      const tables = await tablesOf(strapi);
      const ids = [...documentIds];
      const open = (await tables(MERGES)
        .select('document_id')
        .where({ state: 'pending' })
        .where((either) =>
          either.whereIn('survivor_id', ids).orWhereIn('merged_id', ids)
        )) as Array<{
        document_id: string;
      }>;
      for (const { document_id: id } of open) await approvalsOf(strapi).cancel(MERGE, id);
      await tables(MERGES)
        .where((either) =>
          either
            .whereIn('current_id', ids)
            .orWhere((undone) =>
              undone
                .whereNot({ state: 'merged' })
                .where((side) => side.whereIn('survivor_id', ids).orWhereIn('merged_id', ids))
            )
        )
        .delete();
      await tables(DISTINCT_FILES)
        .where((either) => either.whereIn('first_id', ids).orWhereIn('second_id', ids))
        .delete();
    },
  };
}

export type MergesService = ReturnType<typeof mergesService>;

export const mergesOf = (strapi: Core.Strapi) =>
  strapi.plugin(PLUGIN).service('merges') as MergesService;
