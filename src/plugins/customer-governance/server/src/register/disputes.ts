import { randomUUID } from 'node:crypto';
import type { Core } from '@strapi/strapi';
import { errors } from '@strapi/utils';
import { approvalsOf } from '../approvals/approvals';
import type { Approvable } from '../approvals/plan';
import { auditOf } from '../audit/audit';
import { ownershipOf } from '../customers/ownership/ownership';
import { chunks, inTransaction, lockRow, tablesOf } from '../database';
import { notificationsOf } from '../notifications/notifications';
import type { StaffRef } from '../organisation/organisation';
import { CUSTOMER } from '../policy/attribute-path';
import { disputeViews } from './dispute-views';
import type { Leads } from './leads';
import { DISPUTE, DISPUTE_TABLE, type DisputeRow, type DisputeState } from './models';

/** The kind of request by which somebody claims a customer of somebody else's. */
export const DISPUTE_KIND = 'attribution-dispute';

const BATCH = 500;
/** Of the reference of a dispute, as of documentIds. */
const DIGITS = 24;

/** Who disagrees whose a customer is puts it before the superior; what is decided is in the history of the customer. */
export function createDisputes(strapi: Core.Strapi, leads: Leads) {
  const query = () => strapi.db.query(DISPUTE);
  const find = (reference: string): Promise<DisputeRow | null> =>
    query().findOne({ where: { reference } });

  /** The database decides between racing ends. */
  const settle = async (reference: string, state: DisputeState, now: Date): Promise<void> => {
    const changed = await (
      await tablesOf(strapi)
    )(DISPUTE_TABLE)
      .where({ reference, state: 'pending' })
      .update({ state, decided_at: now });
    if (changed !== 1) {
      throw new errors.ApplicationError('This dispute is not open any more. Reload the list.');
    }
  };

  const grant = async (reference: string): Promise<void> => {
    const now = new Date();
    const dispute = await find(reference);
    if (!dispute) throw new errors.NotFoundError('The dispute is not there any more.');
    await settle(reference, 'granted', now);
    const { customerId: customer, ownerId: from, requesterId: to, reason: why } = dispute;
    await ownershipOf(strapi).change({
      ...{ customer, from, to, why },
      rule: 'dispute',
      requestId: reference,
    });
    await leads.hold(customer, to, 'dispute', now);
  };

  const approvableOf = async (
    customerId: string,
    ownerId: number,
    requester: StaffRef
  ): Promise<Approvable> => {
    const customer = (await strapi.db.query(CUSTOMER).findOne({
      select: ['keyCustomer'],
      where: { documentId: customerId },
    })) as { keyCustomer: boolean | null } | null;
    return {
      requester,
      owners: [ownerId],
      facts: {
        kind: DISPUTE_KIND,
        sensitivity: 'internal',
        keyCustomer: customer?.keyCustomer === true,
        ownership: 'other',
        records: 1,
        recipient: 'self',
      },
    };
  };

  return {
    /** Registers with the approvals what becomes of a dispute. */
    registerKind(): void {
      approvalsOf(strapi).registerKind({
        kind: DISPUTE_KIND,
        onApproved: grant,
        onRejected: (reference) => settle(reference, 'rejected', new Date()),
        onExpired: (reference) => settle(reference, 'expired', new Date()),
        views: (references) => disputeViews(strapi, references),
        // Whose customer it is does not decide whether it stays so.
        excluded: async (reference) => {
          const dispute = await find(reference);
          return dispute ? [dispute.ownerId] : [];
        },
      });
    },

    /**
     * Claims a customer that the caller has found the asker to have to do with.
     * @returns the reference of the dispute.
     * @throws ApplicationError when it is nobody's, the asker's own, or in dispute already.
     */
    raise: (customerId: string, reason: string, requester: StaffRef, now: Date): Promise<string> =>
      inTransaction(strapi, async () => {
        const found = await ownershipOf(strapi).of(customerId);
        if (!found) throw new errors.NotFoundError('There is no such customer any more.');
        await lockRow(strapi, CUSTOMER, found.id);
        const owner = (await ownershipOf(strapi).of(customerId))?.owner ?? null;
        if (owner === null) {
          throw new errors.ApplicationError(
            'This customer has no owner. Ask whoever hands out the pool for it.'
          );
        }
        if (owner === requester.id) {
          throw new errors.ApplicationError('This customer is yours already.');
        }
        if ((await query().count({ where: { customerId, state: 'pending' } })) > 0) {
          throw new errors.ApplicationError(
            'Whose this customer is, is in dispute already. Wait for the decision.'
          );
        }
        const reference = randomUUID().replaceAll('-', '').slice(0, DIGITS);
        await query().create({
          data: {
            ...{ reference, customerId, reason, ownerId: owner, requesterId: requester.id },
            state: 'pending',
            submittedAt: now,
            decidedAt: null,
          } as never,
        });
        await auditOf(strapi).append({
          action: 'request.submit',
          recordType: CUSTOMER,
          recordIds: [customerId],
          requestId: reference,
          details: { kind: DISPUTE_KIND },
        });
        await approvalsOf(strapi).open({
          kind: DISPUTE_KIND,
          subjectId: reference,
          ...(await approvableOf(customerId, owner, requester)),
        });
        return reference;
      }),

    /** Takes a dispute of whoever asks back. */
    withdraw: (reference: string, person: StaffRef, now: Date): Promise<void> =>
      inTransaction(strapi, async () => {
        const dispute = await find(reference);
        if (dispute?.requesterId !== person.id) {
          throw new errors.NotFoundError('There is no such dispute of yours.');
        }
        // Steps before the dispute, as a decision takes them, so that the two cannot wait for each other.
        await approvalsOf(strapi).cancel(DISPUTE_KIND, reference);
        await settle(reference, 'withdrawn', now);
        await auditOf(strapi).append({ action: 'request.withdraw', requestId: reference });
        await notificationsOf(strapi).announce('withdrawn', {
          kind: DISPUTE_KIND,
          requestId: reference,
        });
      }),

    /** A page of the disputes that a person raised, newest first. */
    page: (person: StaffRef, cursor: number | null, limit: number): Promise<DisputeRow[]> =>
      query().findMany({
        where: { requesterId: person.id, ...(cursor === null ? {} : { id: { $lt: cursor } }) },
        orderBy: { id: 'desc' },
        limit,
      }),

    views: (references: string[]) => disputeViews(strapi, references),

    /** Whether a dispute over one of these customers waits for its decision. */
    isOpenFor: async (customers: readonly string[]): Promise<boolean> =>
      (await query().count({
        where: { customerId: { $in: [...customers] }, state: 'pending' },
      })) > 0,

    /** Puts the disputes of one customer under another, into which it was merged. */
    async moveTo(customer: string, survivor: string): Promise<void> {
      await (
        await tablesOf(strapi)
      )(DISPUTE_TABLE)
        .where({ customer_id: customer })
        .update({ customer_id: survivor });
    },

    /** Removes the disputes over customers that are gone; what was open is decided no more. */
    async forget(customers: readonly string[]): Promise<void> {
      for (const part of chunks(customers, BATCH)) {
        const rows: DisputeRow[] = await query().findMany({
          where: { customerId: { $in: part } },
        });
        for (const { reference, state } of rows) {
          if (state === 'pending') await approvalsOf(strapi).cancel(DISPUTE_KIND, reference);
        }
        await (await tablesOf(strapi))(DISPUTE_TABLE).whereIn('customer_id', part).delete();
      }
    },
  };
}
