import { AsyncLocalStorage } from 'node:async_hooks';
import type { Core } from '@strapi/strapi';
import { errors } from '@strapi/utils';
import { auditOf, type AuditEvent } from '../../audit/audit';
import { chunks, inTransaction, lockRow, tablesOf } from '../../database';
import { PLUGIN } from '../../domain';
import { governedOperation } from '../../operation';
import { actorOf } from '../../organisation/actor';
import { organisationOf } from '../../organisation/organisation';
import { CUSTOMER } from '../../policy/attribute-path';
import { OWNERSHIP_CHANGE, OWNERSHIP_TABLE, type OwnershipRow, type OwnershipRule } from './models';

/** Why an owner changes, for the history. */
export interface Grounds {
  rule: OwnershipRule;
  /** In the words of whoever decides; `null` where the rule says all. */
  why: string | null;
  /** The dispute that it was decided in. */
  requestId?: string | null;
}

export interface OwnerChange extends Grounds {
  /** documentId of the customer. */
  customer: string;
  /** Staff id of the new owner; `null` puts the customer into the pool. */
  to: number | null;
  /** Staff id of whom it must belong to at this moment; left out: whoever. */
  from?: number | null;
}

/** What a customer belongs to. */
interface Holding {
  id: number;
  documentId: string;
  owner: number | null;
  department: number | null;
}

const MAX_PER_BATCH = 500;
const NOBODY = 'nobody';

const moved = () =>
  new errors.ApplicationError(
    'This customer has got another owner meanwhile. Reload and look who it is before you decide.'
  );

/**
 * Who customers belong to. Every change of an owner, by whatever way, leaves a row that says from whom, to whom, by whom, by
 * which rule and why, and an entry in the log; the last line before the database sees to that.
 */
export function ownershipService({ strapi }: { strapi: Core.Strapi }) {
  const grounds = new AsyncLocalStorage<Grounds>();
  const open = new AsyncLocalStorage<true>();

  const codes = async (ids: ReadonlyArray<number | null>): Promise<Map<number, string>> => {
    const staff = await organisationOf(strapi).byIds(ids.flatMap((id) => id ?? []));
    return new Map([...staff].map(([id, { documentId }]) => [id, documentId]));
  };

  /** Rows and entries of customers that went over, in the running transaction. */
  const write = async (
    changes: ReadonlyArray<{ before: Holding; owner: number | null; department: number | null }>,
    { rule, why, requestId = null }: Grounds
  ): Promise<void> => {
    if (changes.length === 0) return;
    const actor = actorOf(strapi).identity() ?? { kind: 'system', id: 'unattended' };
    const at = new Date();
    const data = changes.map(({ before, owner, department }) => ({
      customerId: before.documentId,
      fromStaff: before.owner,
      toStaff: owner,
      fromDepartment: before.department,
      toDepartment: department,
      rule,
      why,
      requestId,
      actorKind: actor.kind,
      actorId: actor.id,
      at,
    }));
    for (const part of chunks(data, MAX_PER_BATCH)) {
      await strapi.db.query(OWNERSHIP_CHANGE).createMany({ data: part });
    }
    const staff = await codes(changes.flatMap(({ before, owner }) => [before.owner, owner]));
    const nameOf = (id: number | null) => (id === null ? NOBODY : (staff.get(id) ?? NOBODY));
    const byPair = new Map<string, AuditEvent & { recordIds: string[] }>();
    for (const { before, owner } of changes) {
      const pair = `${before.owner}>${owner}`;
      const event = byPair.get(pair) ?? {
        action: 'ownership.change',
        recordType: CUSTOMER,
        recordIds: [],
        requestId,
        details: { rule, from: nameOf(before.owner), to: nameOf(owner) },
      };
      event.recordIds.push(before.documentId);
      byPair.set(pair, event);
    }
    await auditOf(strapi).append([...byPair.values()]);
  };

  const holdingOf = async (where: object): Promise<Holding | null> => {
    const row = (await strapi.db.query(CUSTOMER).findOne({
      select: ['id', 'documentId'],
      where,
      populate: { owner: { select: ['id'] }, department: { select: ['id'] } },
    })) as {
      id: number;
      documentId: string;
      owner: { id: number } | null;
      department: { id: number } | null;
    } | null;
    return row
      ? {
          id: row.id,
          documentId: row.documentId,
          owner: row.owner?.id ?? null,
          department: row.department?.id ?? null,
        }
      : null;
  };

  return {
    /**
     * Gives a customer to somebody, or to nobody; its department becomes that of the new owner.
     * @throws ApplicationError when it does not belong to `from`: of two at once one counts.
     */
    change: ({ customer, to, from, ...reason }: OwnerChange): Promise<void> =>
      inTransaction(strapi, async () => {
        const found = await holdingOf({ documentId: customer });
        if (!found) throw new errors.NotFoundError('There is no such customer any more.');
        await lockRow(strapi, CUSTOMER, found.id);
        const before = await holdingOf({ id: found.id });
        if (!before || (from !== undefined && before.owner !== from)) throw moved();
        if (before.owner === to) return;
        const staff = to === null ? null : (await organisationOf(strapi).byIds([to])).get(to);
        if (to !== null && !staff?.active) {
          throw new errors.ApplicationError(
            'Who is to own the customer has left the company, or never was there. Choose somebody else.'
          );
        }
        const department = staff?.departmentId ?? before.department;
        await grounds.run(reason, () =>
          governedOperation('ownership', () =>
            strapi.db
              .query(CUSTOMER)
              .update({ where: { id: before.id }, data: { owner: to, department } as never })
          )
        );
      }),

    /**
     * The same for many customers of one owner, in one statement: those that belong to somebody else by now stay.
     * @param ids row ids, so many as one statement takes. @returns documentIds of those that went over.
     */
    changeMany: (
      ids: readonly number[],
      from: number,
      to: { id: number; departmentId: number | null } | null,
      reason: Grounds
    ): Promise<string[]> =>
      inTransaction(strapi, async () => {
        const rows = (await (
          await tablesOf(strapi)
        )(strapi.db.metadata.get(CUSTOMER).tableName)
          .whereIn('id', [...ids])
          .where({ owner_id: from })
          .update({
            owner_id: to?.id ?? null,
            ...(to?.departmentId ? { department_id: to.departmentId } : {}),
            updated_at: new Date(),
          })
          .returning(['id', 'document_id', 'department_id'])) as Array<{
          id: number;
          document_id: string;
          department_id: number | null;
        }>;
        await write(
          rows.map(({ id, document_id: documentId, department_id: department }) => ({
            before: { id, documentId, owner: from, department },
            owner: to?.id ?? null,
            department,
          })),
          reason
        );
        return rows.map(({ document_id }) => document_id);
      }),

    /** Whom the customer belongs to; `null` where there is none. */
    of: (documentId: string) => holdingOf({ documentId }),

    /** Has customers that are entered in `work` belong to nobody as long as the entry names no owner. */
    leftOpen: <T>(work: () => Promise<T>): Promise<T> => open.run(true, work),
    isLeftOpen: (): boolean => open.getStore() ?? false,

    /** A page of a customer's history, newest first. @param cursor the id of the last one of the page before. */
    page: (customer: string, cursor: number | null, limit: number): Promise<OwnershipRow[]> =>
      strapi.db.query(OWNERSHIP_CHANGE).findMany({
        where: { customerId: customer, ...(cursor === null ? {} : { id: { $lt: cursor } }) },
        orderBy: { id: 'desc' },
        limit,
      }),

    /** Removes the history of customers that are gone, in the running transaction. */
    async forget(customers: readonly string[]): Promise<void> {
      for (const part of chunks(customers, MAX_PER_BATCH)) {
        await (await tablesOf(strapi))(OWNERSHIP_TABLE).whereIn('customer_id', part).delete();
      }
    },

    /** Puts the history of one customer under another, into which it was merged. */
    async moveTo(customer: string, survivor: string): Promise<void> {
      await (
        await tablesOf(strapi)
      )(OWNERSHIP_TABLE)
        .where({ customer_id: customer })
        .update({ customer_id: survivor });
    },

    /** Watches the last line before the database: whoever writes an owner there leaves a trace. */
    subscribe(): void {
      interface Event {
        params: { where?: object; data?: Record<string, unknown> };
        state: { holding?: Holding | null };
        result?: { id?: number };
      }
      const speaksOfOwner = ({ params }: Event) => Object.hasOwn(params.data ?? {}, 'owner');
      strapi.db.lifecycles.subscribe({
        models: [CUSTOMER],
        async beforeUpdate(event: unknown) {
          const { params, state } = event as Event;
          if (speaksOfOwner(event as Event)) state.holding = await holdingOf(params.where ?? {});
        },
        async afterUpdate(event: unknown) {
          const before = (event as Event).state.holding;
          if (!before) return;
          const after = await holdingOf({ id: before.id });
          if (!after || after.owner === before.owner) return;
          await write(
            [{ before, owner: after.owner, department: after.department }],
            grounds.getStore() ?? { rule: 'edited', why: null }
          );
        },
      });
    },
  };
}

export type OwnershipService = ReturnType<typeof ownershipService>;

export const ownershipOf = (strapi: Core.Strapi) =>
  strapi.plugin(PLUGIN).service('ownership') as OwnershipService;
