import type { Core } from '@strapi/strapi';
import { currentOperation, governedOperation } from '../../operation';
import { policyOf } from '../../policy';
import { heldRecords, lockCustomers } from './hold-coverage';
import { forbidden, logRefusal } from '../refusal';
import { targetOf } from '../relation';
import { CUSTOMER, DEPENDENTS, HOLDABLE, isRemoval, OPERATIONS } from '../uids';

type Data = Record<string, unknown>;
interface DeleteEvent {
  model: { uid: string };
  params: { where?: Data; filters?: unknown; _q?: string };
}
interface UpdateEvent {
  model: { uid: string };
  params: { where?: Data; data: Data };
}
interface Affected {
  id: number;
  documentId: string;
  customerId: number | null;
}

/**
 * The last line but the database's own before a customer or something that hangs on one goes, on whatever path: document
 * service, APIs, panel, `strapi.db.query`. A legal hold stops them all; and what belongs to a customer leaves with the
 * customer.
 */
export function subscribeDeletions(strapi: Core.Strapi): void {
  /** Records that a statement is about, each with its customer. */
  const affected = async (
    uid: string,
    params: DeleteEvent['params'],
    limit?: number
  ): Promise<Affected[]> => {
    const own = uid === CUSTOMER;
    const rows = (await strapi.db.query(uid).findMany({
      select: ['id', 'documentId'],
      where: params.where,
      filters: params.filters,
      _q: params._q,
      ...(own ? {} : { populate: { customer: { select: ['id'] } } }),
      ...(limit ? { limit } : {}),
    })) as Array<{ id: number; documentId: string; customer?: { id: number } | null }>;
    return rows.map(({ id, documentId, customer }) => ({
      id,
      documentId,
      customerId: own ? id : (customer?.id ?? null),
    }));
  };

  const refuse = async (
    uid: string,
    rows: Affected[],
    reason: string,
    message: string,
    details: Data
  ) => {
    await logRefusal(strapi, {
      action: 'delete.refused',
      recordType: uid,
      recordIds: rows.map(({ documentId }) => documentId),
      details: { reason, ...(details as Record<string, string>) },
    });
    throw forbidden(message, details);
  };

  const assertNotHeld = async (uid: string, rows: Affected[]) => {
    const ids = rows.flatMap(({ customerId }) => customerId ?? []);
    await lockCustomers(strapi, ids);
    const holds = await heldRecords(
      strapi,
      uid,
      rows.map(({ documentId }) => documentId)
    );
    const held = rows.filter(({ documentId }) => holds.has(documentId));
    const [first] = held;
    if (!first) return;
    const hold = holds.get(first.documentId) ?? '';
    const message = `The legal hold ${hold} stops this deletion. It can be done once the hold is released.`;
    await refuse(uid, held, 'hold', message, { hold });
  };

  const assertDeletable = async (uid: string, rows: Affected[]) => {
    if (rows.length === 0) return;
    await assertNotHeld(uid, rows);
    const byOrder = policyOf(strapi).get().retention.deletion === 'by-order';
    if (uid !== CUSTOMER || !byOrder || currentOperation()) return;
    const message =
      'Customers leave by a destruction order: propose one in Governance, Retention. The policy allows no other deletion.';
    await refuse(uid, rows, 'by-order', message, {});
  };

  /** What hangs on a customer that is deleted singly, released holds included, each logged and unsealed by itself. */
  const removeDependents = async (customerId: number) => {
    await governedOperation(OPERATIONS.cascade, async () => {
      for (const uid of DEPENDENTS) {
        const rows = (await strapi.db.query(uid).findMany({
          select: ['id'],
          where: { customer: { id: customerId } },
        })) as Array<{ id: number }>;
        for (const { id } of rows)
          await strapi.db.query(uid).delete({ where: { id }, select: ['id'] });
      }
    });
  };

  strapi.db.lifecycles.subscribe({
    models: [...HOLDABLE],

    async beforeDelete(event: unknown) {
      const { model, params } = event as DeleteEvent;
      const operation = currentOperation();
      if (operation === OPERATIONS.repeat) return;
      const rows = await affected(model.uid, { where: params.where }, 1);
      await assertDeletable(model.uid, rows);
      const [customer] = rows;
      if (model.uid === CUSTOMER && customer && !isRemoval(operation))
        await removeDependents(customer.id);
    },

    async beforeDeleteMany(event: unknown) {
      const { model, params } = event as DeleteEvent;
      if (currentOperation() === OPERATIONS.repeat) return;
      if (!currentOperation()) {
        throw forbidden(
          'deleteMany is refused here: delete the records one by one, so that each can be held back and logged.'
        );
      }
      await assertNotHeld(model.uid, await affected(model.uid, params));
    },
  });

  // To take a record away from its customer would be a way around the hold.
  strapi.db.lifecycles.subscribe({
    models: HOLDABLE.filter((uid) => uid !== CUSTOMER),

    async beforeUpdate(event: unknown) {
      const { model, params } = event as UpdateEvent;
      if (params.data.customer === undefined || !params.where) return;
      const rows = await affected(model.uid, { where: params.where }, 1);
      const moved = rows.filter(
        ({ customerId }) =>
          customerId !== null && targetOf(params.data.customer, customerId) !== customerId
      );
      if (moved.length > 0) await assertNotHeld(model.uid, moved);
    },

    beforeUpdateMany(event: unknown) {
      const { params } = event as UpdateEvent;
      if (params.data?.customer !== undefined && !currentOperation()) {
        throw forbidden(
          'Records change their customer one by one, so that a legal hold can stop it.'
        );
      }
    },
  });
}
