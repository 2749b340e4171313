import type { Core } from '@strapi/strapi';
import { errors } from '@strapi/utils';
import { approvalsOf } from '../approvals/approvals';
import { auditOf } from '../audit/audit';
import { inTransaction } from '../database';
import { governedOperation } from '../operation';
import { organisationOf } from '../organisation/organisation';
import {
  certificateDigest,
  recordsDigest,
  type CertificateContent,
  type DestructionSummary,
} from './certificate';
import type { Items } from './items';
import { certificateNumber } from './order-number';
import type { OrderRow, Orders } from './orders';
import {
  CERTIFICATE,
  CONSENT,
  CONTACT,
  CUSTOMER,
  DESTRUCTION_KIND,
  HOLD,
  OPERATIONS,
} from './uids';

export interface CertificateRow extends Omit<CertificateContent, 'orderNumber'> {
  id: number;
  documentId: string;
  digest: string;
  order?: { documentId: string; number: string } | null;
}

/** Who stands on a certificate as proposer when the nightly job proposed. */
export const SYSTEM_NAME = 'system';

const PAGE = 1000;

/** Destruction certificates: one an order, made once everything that it certifies was looked for in vain. */
export function createCertificates(
  strapi: Core.Strapi,
  { orders, items }: { orders: Orders; items: Items }
) {
  const summaryOf = async (orderId: number): Promise<DestructionSummary> => {
    const counts = await items.counts(orderId);
    const destroyed = (uid: string) =>
      counts.find(({ recordType, state }) => recordType === uid && state === 'destroyed')?.count ??
      0;
    const records: Array<{ type: string; documentId: string }> = [];
    for (let after = 0; ;) {
      const page = await items.destroyedAfter(orderId, after, PAGE);
      const last = page.at(-1);
      if (!last) break;
      records.push(
        ...page.map((item) => ({ type: item.record_type, documentId: item.document_id }))
      );
      after = last.id;
    }
    return {
      customers: destroyed(CUSTOMER),
      contacts: destroyed(CONTACT),
      consents: destroyed(CONSENT),
      holds: destroyed(HOLD),
      held: counts.find(({ state }) => state === 'held')?.count ?? 0,
      recordsDigest: recordsDigest(records),
    };
  };

  const approversOf = async (order: OrderRow): Promise<string[]> => {
    const ids = await approvalsOf(strapi).deciders(DESTRUCTION_KIND, order.documentId);
    const people = await organisationOf(strapi).byIds(ids);
    return ids.flatMap((id) => people.get(id)?.displayName ?? []);
  };

  return {
    /**
     * Ends an execution: the order is executed and has its certificate, in one transaction. Run twice, it does nothing
     * the second time.
     */
    async issue(
      orderDocumentId: string,
      now: Date,
      beforeCommit: () => void | Promise<void>
    ): Promise<void> {
      await governedOperation(OPERATIONS.destruction, () =>
        inTransaction(strapi, async () => {
          const ended = await orders.move(orderDocumentId, ['executing'], {
            state: 'executed',
            executedAt: now,
          });
          if (!ended) return;
          const order = await orders.require(orderDocumentId);
          const summary = await summaryOf(order.id);
          const content: CertificateContent = {
            number: certificateNumber(order.number),
            orderNumber: order.number,
            method: order.method,
            count: summary.customers,
            proposedBy: order.proposer?.displayName ?? SYSTEM_NAME,
            approvers: await approversOf(order),
            executedBy: order.executor?.displayName ?? '',
            executedAt: now.toISOString(),
            summary,
          };
          const digest = certificateDigest(content);
          const { orderNumber, ...columns } = content;
          await strapi.db.query(CERTIFICATE).create({
            data: { ...columns, digest, order: order.id, publishedAt: now },
          });
          await auditOf(strapi).append({
            action: 'destruction.certificate',
            requestId: orderDocumentId,
            details: {
              order: orderNumber,
              certificate: content.number,
              digest,
              count: content.count,
              contacts: summary.contacts,
              held: summary.held,
            },
          });
          await beforeCommit();
        })
      );
    },

    /** @throws NotFoundError */
    async require(documentId: string): Promise<CertificateRow> {
      const row = await strapi.db.query(CERTIFICATE).findOne({
        where: { documentId },
        populate: { order: { select: ['documentId', 'number'] } },
      });
      if (!row) throw new errors.NotFoundError('There is no such destruction certificate.');
      return row;
    },

    /** The certificates of orders, by the order's id. */
    async ofOrders(
      orderIds: readonly number[]
    ): Promise<Map<number, { documentId: string; number: string }>> {
      const rows = (await strapi.db.query(CERTIFICATE).findMany({
        select: ['documentId', 'number'],
        where: { order: { id: { $in: [...orderIds] } } },
        populate: { order: { select: ['id'] } },
      })) as Array<{ documentId: string; number: string; order: { id: number } }>;
      return new Map(
        rows.map(({ documentId, number, order }) => [order.id, { documentId, number }])
      );
    },
  };
}

export type Certificates = ReturnType<typeof createCertificates>;
